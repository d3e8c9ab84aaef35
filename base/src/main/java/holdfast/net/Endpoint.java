package holdfast.net;

import org.jspecify.annotations.Nullable;

/// An address and a port. Port 0 stands for "no port of its own".
public record Endpoint(IpAddress address, int port) {

    public Endpoint {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    // Written out: a key of many maps, which what a record brings along makes dear.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that && port == that.port && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }

    /// `[192.0.2.1]:80`, the form that logs and FIFOs use for both families.
    @Override
    public String toString() {
        return "[" + address + "]:" + port;
    }
}
