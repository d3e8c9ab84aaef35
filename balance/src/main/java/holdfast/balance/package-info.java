/// Virtual services as automata: which servers are alive, and what the data plane should hold.
///
/// [BalanceNode] is the entry point. What the plane holds is a function of who is alive; commands
/// are always the difference between wanted and present. A `Pool` decides for one service, a
/// `Server` sums up its `Checker`s, `Rows` knows what the plane was told, and `Rounds` who asks
/// when, and who with whom.
///
/// Where this differs from Keepalived on purpose, with equal results once the commands are done:
///
/// - Rows that serve are added before others are removed, so the sorry server and the pool overlap
///   for a moment, and a service is never without anybody in between.
/// - A pool without live weight has no quorum, whatever the configuration asks, and hysteresis
///   never makes a threshold negative.
/// - `ha_suspend` works for the services of a group too: each has its own address. Suspended
///   checkers sleep, and have a first check soon after the address has come.
/// - A reload leaves alone what has not changed, the times of its checks included.
package holdfast.balance;
