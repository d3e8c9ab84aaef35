package holdfast.vrrp;

/// What one router needs of the receive buffer of the socket that it shares with others.
public sealed interface ReceiveShare {

    /// The share in octets; 0 for whatever a socket has.
    ///
    /// @param mtu of the interface of the router
    long bytes(VrrpSpec spec, int mtu);

    /// Whatever a socket has.
    record Usual() implements ReceiveShare {
        @Override
        public long bytes(VrrpSpec spec, int mtu) {
            return 0;
        }
    }

    record Bytes(long bytes) implements ReceiveShare {
        @Override
        public long bytes(VrrpSpec spec, int mtu) {
            return bytes;
        }
    }

    /// Room for so many of the largest packets that its interface takes.
    record Packets(long count) implements ReceiveShare {
        @Override
        public long bytes(VrrpSpec spec, int mtu) {
            return Math.multiplyExact(count, mtu);
        }
    }

    /// Room for so many of its own adverts.
    record Adverts(long count) implements ReceiveShare {
        @Override
        public long bytes(VrrpSpec spec, int mtu) {
            return Math.multiplyExact(count, AdvertCodec.bytesOnTheWire(spec));
        }
    }
}
