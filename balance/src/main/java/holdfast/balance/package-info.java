/// Virtual services as automata: which servers are alive, and what the data plane should hold.
///
/// [BalanceNode] is the entry point. What the plane holds is a function of who is alive; commands
/// are always the difference between wanted and present.
package holdfast.balance;
