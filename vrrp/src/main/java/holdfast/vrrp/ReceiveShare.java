package holdfast.vrrp;

/// What one router needs of the receive buffer of the socket that it shares with others.
public sealed interface ReceiveShare {

    /// Whatever a socket has.
    record Usual() implements ReceiveShare {}

    record Bytes(long bytes) implements ReceiveShare {}

    /// Room for so many of the largest packets that its interface takes.
    record Packets(long count) implements ReceiveShare {}

    /// Room for so many of its own adverts.
    record Adverts(long count) implements ReceiveShare {}

    /// The share in octets, 0 for [Usual].
    ///
    /// @param mtu of the interface of the router
    static long bytes(VrrpSpec spec, int mtu) {
        return switch (spec.conduct().receiveShare()) {
            case Usual() -> 0;
            case Bytes(long bytes) -> bytes;
            case Packets(long count) -> Math.multiplyExact(count, mtu);
            case Adverts(long count) -> Math.multiplyExact(count, AdvertCodec.bytesOnTheWire(spec));
        };
    }
}
