package holdfast.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What a `DNS_CHECK` asks.
///
/// @param name with or without the dot at its end; `.` is the root
public record DnsSpec(String name, Type type) {

    /// Types of records (RFC 1035, 3596, 4034).
    public enum Type {
        A(1),
        NS(2),
        CNAME(5),
        SOA(6),
        MX(15),
        TXT(16),
        AAAA(28),
        RRSIG(46),
        DNSKEY(48);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    public static final String ROOT = ".";

    private static final int LABEL_BYTES_MAX = 63;
    private static final int NAME_BYTES_MAX = 255;

    public DnsSpec {
        complaint(name)
                .ifPresent(
                        complaint -> {
                            throw new IllegalArgumentException(complaint);
                        });
    }

    /// Why this cannot be a name, if so (RFC 1035, section 2.3.4).
    public static Optional<String> complaint(String name) {
        if (name.equals(ROOT)) {
            return Optional.empty();
        }
        for (String label : labels(name)) {
            int bytes = label.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0) {
                return Optional.of("'" + name + "' has an empty label");
            }
            if (bytes > LABEL_BYTES_MAX) {
                return Optional.of(
                        "'" + name + "' has a label of more than " + LABEL_BYTES_MAX + " bytes");
            }
        }
        return encoded(name).length > NAME_BYTES_MAX
                ? Optional.of("'" + name + "' is longer than a name can be")
                : Optional.empty();
    }

    private static String[] labels(String name) {
        String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return relative.split("\\.", -1);
    }

    /// The name on the wire (RFC 1035, section 3.1).
    byte[] encodedName() {
        return encoded(name);
    }

    private static byte[] encoded(String name) {
        // A dot makes room for a length, and two more octets begin and end.
        ByteBuffer out = ByteBuffer.allocate(name.getBytes(StandardCharsets.UTF_8).length + 2);
        if (!name.equals(ROOT)) {
            for (String label : labels(name)) {
                byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
                out.put((byte) bytes.length).put(bytes);
            }
        }
        out.put((byte) 0);
        return Arrays.copyOf(out.array(), out.position());
    }
}
