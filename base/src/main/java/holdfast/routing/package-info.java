/// What steers packets: routes and policy rules, in the kernel's numbers (rtnetlink(7)).
///
/// Here is what the orders of a host and the messages of its kernel have in common; they differ
/// only in how they name interfaces.
package holdfast.routing;
