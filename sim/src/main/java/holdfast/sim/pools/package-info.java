/// Pools of servers that come and go, under the production core `BalanceNode`, in virtual time from
/// one seed.
@org.jspecify.annotations.NullMarked
package holdfast.sim.pools;
