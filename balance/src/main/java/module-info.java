/// Virtual services, pools and checkers as deterministic automata. Pure.
@org.jspecify.annotations.NullMarked
module holdfast.balance {
    requires static org.jspecify;
    requires transitive holdfast.base;
    requires transitive holdfast.probe;

    exports holdfast.balance;
}
