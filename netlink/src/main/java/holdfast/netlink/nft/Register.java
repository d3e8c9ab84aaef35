package holdfast.netlink.nft;

/// Where a rule keeps what it has loaded: sixteen places of four bytes, filled one behind the
/// other by whatever is longer.
public final class Register {

    /// `NFT_REG_VERDICT`: what is put here decides the packet.
    public static final int VERDICT = 0;

    private static final int NFT_REG_1 = 1;
    private static final int NFT_REG32_00 = 8;

    private static final int PLACES_PER_LONG_REGISTER = 4;

    private Register() {}

    /// The number of a place, from 0 to 15. Every fourth has an older, shorter number too, which is
    /// the one that the kernel says back.
    public static int at(int place) {
        return place % PLACES_PER_LONG_REGISTER == 0
                ? NFT_REG_1 + place / PLACES_PER_LONG_REGISTER
                : NFT_REG32_00 + place;
    }
}
