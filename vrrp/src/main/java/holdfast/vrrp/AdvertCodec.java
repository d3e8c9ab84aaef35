package holdfast.vrrp;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.wire.InternetChecksum;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/// VRRP messages as bytes (RFC 3768, section 5.1; RFC 9568, section 5.1).
///
/// Version 2: version and type, VRID, priority, count, authentication type, interval in seconds,
/// checksum, addresses, eight octets of authentication data. Version 3: no authentication; the
/// interval takes twelve bits, in centiseconds.
final class AdvertCodec {

    static final int PROTOCOL = 112;
    static final int HEADER_BYTES = 8;
    static final int TYPE_ADVERTISEMENT = 1;
    static final int AUTH_NONE = 0;
    static final int AUTH_PASSWORD = 1;
    static final int AUTH_HEADER = 2;
    static final int AUTH_HIGHEST = 2;

    private static final int VRID_AT = 1;
    private static final int PRIORITY_AT = 2;
    private static final int COUNT_AT = 3;
    private static final int AUTH_TYPE_AT = 4;
    private static final int SECONDS_AT = 5;
    private static final int CENTIS_AT = 4;
    private static final int CENTIS_MAX = 0xfff;
    private static final int MILLIS_PER_CENTI = 10;
    private static final int CHECKSUM_AT = 6;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;

    private AdvertCodec() {}

    /// The advert of `spec`, ready to be sent.
    static byte[] encode(VrrpSpec spec, int priority, IpAddress source, IpAddress destination) {
        return encode(spec, priority, source, destination, new Checksums(spec));
    }

    static byte[] encode(
            VrrpSpec spec,
            int priority,
            IpAddress source,
            IpAddress destination,
            Checksums checksums) {
        List<VirtualAddress> addresses = spec.addresses();
        int number = number(spec.version());
        ByteBuffer out =
                ByteBuffer.allocate(bytes(spec.version(), spec.family(), addresses.size()))
                        .put((byte) (number << 4 | TYPE_ADVERTISEMENT))
                        .put((byte) spec.vrid())
                        .put((byte) priority)
                        .put((byte) addresses.size());
        switch (spec.version()) {
            case V2 ->
                    out.put((byte) authType(spec.authentication()))
                            .put((byte) spec.timing().interval().toSeconds());
            case V3 -> out.putShort((short) centis(spec.timing().interval()));
        }
        out.putShort((short) 0);
        for (VirtualAddress address : addresses) {
            out.put(address.address().octets());
        }
        if (spec.version() == Version.V2
                && spec.authentication() instanceof Authentication.Password password) {
            out.put(password.octets());
        }
        out.clear();
        long seed = checksums.seed(source, destination, out.remaining());
        return out.putShort(CHECKSUM_AT, (short) checksum(out, seed)).array();
    }

    /// The checksum to put into a message that has none; zero for one that has the right one.
    ///
    /// @param seed the sum over what is not in the message
    static int checksum(ByteBuffer message, long seed) {
        return InternetChecksum.of(InternetChecksum.sum(message, seed));
    }

    /// How much an advert of `spec` takes of a receive buffer, headers included.
    static int bytesOnTheWire(VrrpSpec spec) {
        int header = spec.family() == Family.INET ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES;
        int message = bytes(spec.version(), spec.family(), spec.addresses().size());
        return header + message + extraBytes(spec.authentication());
    }

    private static int extraBytes(Authentication authentication) {
        return switch (authentication) {
            case Authentication.None _, Authentication.Password _ -> 0;
            case Authentication.AuthenticationHeader _ -> AhCodec.BYTES;
            case Authentication.Hmac _ -> TrailerCodec.BYTES;
        };
    }

    /// The length of a message with so many addresses.
    static int bytes(Version version, Family family, int addressCount) {
        int addresses = addressCount * family.bits() / Byte.SIZE;
        return switch (version) {
            case V2 -> HEADER_BYTES + addresses + Authentication.Password.BYTES;
            case V3 -> HEADER_BYTES + addresses;
        };
    }

    static int number(Version version) {
        return switch (version) {
            case V2 -> 2;
            case V3 -> 3;
        };
    }

    static int authType(Authentication authentication) {
        return switch (authentication) {
            case Authentication.None _ -> AUTH_NONE;
            case Authentication.Password _ -> AUTH_PASSWORD;
            case Authentication.AuthenticationHeader _ -> AUTH_HEADER;
            case Authentication.Hmac _ -> AUTH_NONE;
        };
    }

    private static int centis(Duration interval) {
        return (int) Math.min(interval.toMillis() / MILLIS_PER_CENTI, CENTIS_MAX);
    }

    // The fields of a received message; each is there once HEADER_BYTES are.

    static int version(ByteBuffer in) {
        return octet(in, 0) >>> 4;
    }

    static int type(ByteBuffer in) {
        return octet(in, 0) & 0xf;
    }

    static int vrid(ByteBuffer in) {
        return octet(in, VRID_AT);
    }

    static int priority(ByteBuffer in) {
        return octet(in, PRIORITY_AT);
    }

    static int addressCount(ByteBuffer in) {
        return octet(in, COUNT_AT);
    }

    static int authType(ByteBuffer in) {
        return octet(in, AUTH_TYPE_AT);
    }

    static Duration interval(ByteBuffer in, Version version) {
        return switch (version) {
            case V2 -> Duration.ofSeconds(octet(in, SECONDS_AT));
            case V3 -> {
                int centis = in.getShort(in.position() + CENTIS_AT) & CENTIS_MAX;
                yield Duration.ofMillis((long) centis * MILLIS_PER_CENTI);
            }
        };
    }

    private static int octet(ByteBuffer in, int at) {
        return in.get(in.position() + at) & 0xff;
    }
}
