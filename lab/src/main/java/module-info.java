/// Real daemons in network namespaces: the lab tests, the demonstration and the benchmarks.
@org.jspecify.annotations.NullMarked
module holdfast.lab {
    requires static org.jspecify;
    requires holdfast.base;
    requires holdfast.linux;
    requires holdfast.netlink;

    exports holdfast.lab;
}
