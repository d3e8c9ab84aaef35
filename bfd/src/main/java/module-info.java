/// The BFD protocol as a deterministic automaton. Pure; no clock, no sockets, no threads.
@org.jspecify.annotations.NullMarked
module holdfast.bfd {
    requires static transitive org.jspecify;
    requires transitive holdfast.base;

    exports holdfast.bfd;
}
