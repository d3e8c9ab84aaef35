package holdfast.netlink.nft;

/// Where a base chain hangs in the way of packets.
///
/// @param type `nat` or `filter`
/// @param priority less comes first
/// @param accepting what becomes of packets at its end
public record ChainHook(String type, Point point, int priority, boolean accepting) {

    public enum Point {
        PREROUTING(0),
        INPUT(1),
        FORWARD(2),
        OUTPUT(3),
        POSTROUTING(4);

        private final int number;

        Point(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}
