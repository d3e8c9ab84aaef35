/// The configuration language: text to specs, and complaints for people. Pure.
@org.jspecify.annotations.NullMarked
module holdfast.config {
    requires static org.jspecify;
    requires transitive holdfast.base;
    requires transitive holdfast.vrrp;
    requires transitive holdfast.balance;
    requires transitive holdfast.bfd;

    exports holdfast.config;
}
