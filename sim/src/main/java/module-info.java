/// Whole clusters in virtual time from one seed.
@org.jspecify.annotations.NullMarked
module holdfast.sim {
    requires static org.jspecify;
    requires transitive holdfast.base;
    requires transitive holdfast.vrrp;
    requires transitive holdfast.balance;
    requires transitive holdfast.bfd;
    requires transitive holdfast.config;

    exports holdfast.sim;
}
