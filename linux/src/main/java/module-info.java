/// The only module that calls native code.
@org.jspecify.annotations.NullMarked
module holdfast.linux {
    requires static org.jspecify;
    requires transitive holdfast.base;

    exports holdfast.linux;
}
