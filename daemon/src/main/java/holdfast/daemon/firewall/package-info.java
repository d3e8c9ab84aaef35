/// The packet filter of virtual routers: nobody talks to the addresses of a master that does not
/// accept them.
///
/// Start at `Firewall`; `FirewallTable` says what is in a table, `FirewallRules` how it is said.
@NullMarked
package holdfast.daemon.firewall;

import org.jspecify.annotations.NullMarked;
