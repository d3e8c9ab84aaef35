package holdfast.net;

/// An address family, with the number that sockets and netlink use for it.
public enum Family {
    INET(2, 32),
    INET6(10, 128);

    private final int number;
    private final int bits;

    Family(int number, int bits) {
        this.number = number;
        this.bits = bits;
    }

    /// `AF_INET` or `AF_INET6`.
    public int number() {
        return number;
    }

    /// The length of an address in bits.
    public int bits() {
        return bits;
    }
}
