/// Netlink messages as bytes. Pure; encodes and decodes, sends nothing.
@org.jspecify.annotations.NullMarked
module holdfast.netlink {
    requires static org.jspecify;
    requires transitive holdfast.base;

    exports holdfast.netlink;
    exports holdfast.netlink.conntrack;
    exports holdfast.netlink.ipvs;
    exports holdfast.netlink.nft;
    exports holdfast.netlink.proc;
    exports holdfast.netlink.rt;
}
