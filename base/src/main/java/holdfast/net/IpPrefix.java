package holdfast.net;

/// An address with a prefix length, host bits kept: `192.0.2.7/24` is not `192.0.2.0/24`.
public record IpPrefix(IpAddress address, int length) {

    public IpPrefix {
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException("prefix length out of range: " + length);
        }
    }

    /// The prefix that covers `address` alone.
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.family().bits());
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
