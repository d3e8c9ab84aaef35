/// The VRRP role: one loop around [holdfast.vrrp.VrrpNode], and the hands and ears of it.
///
/// Start at [VrrpRole]. Ports turn what the kernel says into events: `LinkPort` (links and
/// addresses), `VrrpPort` (adverts), `ScriptActuator` (exit codes). Actuators carry out effects:
/// `VrrpPort` sends, `AddressActuator` adds and deletes addresses, `AnnounceActuator` tells
/// neighbours, `ScriptActuator` runs programs on a thread of its own. `VirtualLinks` makes the
/// interfaces that routers have for themselves, as `LinkPlan` says. Nothing here decides who is
/// master.
package holdfast.daemon.vrrp;
