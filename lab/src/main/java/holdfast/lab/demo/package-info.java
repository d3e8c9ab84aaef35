/// A failover to watch: two directors, three web servers and a client, in namespaces.
///
/// [Demo] is the program; it prints what happens when it happens, and a table at the end.
package holdfast.lab.demo;
