package holdfast.netlink.rt;

/// What one can subscribe to, with the numbers for `NETLINK_ADD_MEMBERSHIP`.
public enum RtGroup {
    LINK(1),
    NEIGHBOUR(3),
    IPV4_ADDRESS(5),
    IPV4_ROUTE(7),
    IPV4_RULE(8),
    IPV6_ADDRESS(9),
    IPV6_ROUTE(11),
    IPV6_RULE(19);

    private final int number;

    RtGroup(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
