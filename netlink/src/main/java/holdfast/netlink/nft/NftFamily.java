package holdfast.netlink.nft;

/// What packets a table sees, with the number of `NFPROTO_*`.
public enum NftFamily {
    INET(1),
    IP(2),
    IP6(10);

    private final int number;

    NftFamily(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
