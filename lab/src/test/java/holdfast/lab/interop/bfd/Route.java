package holdfast.lab.interop.bfd;

/// The way from Holdfast to the neighbour.
enum Route {
    ONE_HOP_IPV4("v4", "IPv4, one hop"),
    ONE_HOP_IPV6("v6", "IPv6, one hop"),
    TWO_HOPS_IPV4("far4", "IPv4, two hops"),
    TWO_HOPS_IPV6("far6", "IPv6, two hops");

    private final String label;
    private final String title;

    Route(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /// A short word for it.
    String label() {
        return label;
    }

    /// Whether a router is between.
    boolean isFar() {
        return this == TWO_HOPS_IPV4 || this == TWO_HOPS_IPV6;
    }

    boolean isIpv6() {
        return this == ONE_HOP_IPV6 || this == TWO_HOPS_IPV6;
    }

    int port() {
        return isFar() ? 4784 : 3784;
    }

    /// From where Holdfast speaks.
    String ours() {
        return address(isFar() ? 2 : 0, 1);
    }

    /// From where a neighbour does that has this number.
    String its(int number) {
        return address(isFar() ? 1 : 0, number);
    }

    private String address(int network, int last) {
        return isIpv6()
                ? "fd0%d:0:0:0:0:0:0:%d".formatted(network, last)
                : "10.0.%d.%d".formatted(network, last);
    }

    @Override
    public String toString() {
        return title;
    }
}
