/// The role of load balancing: the loop that joins the pools, their checks, and a data plane.
///
/// [BalanceRole] is the entry point. A `DataPlane` is where services are carried: `IpvsPlane` in
/// the kernel's own load balancer, `NftablesPlane` by address translation where a kernel lacks it.
/// `ProbeActuator` makes the checks. What shall be is decided in `holdfast.balance`; nothing here
/// decides it again.
package holdfast.daemon.balance;
