/// Check protocols without I/O: bytes in, bytes out, a verdict at the end. Pure.
@org.jspecify.annotations.NullMarked
module holdfast.probe {
    requires static org.jspecify;
    requires transitive holdfast.base;

    exports holdfast.probe;
}
