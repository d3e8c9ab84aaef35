package holdfast.probe;

import java.util.HexFormat;

/// What a `UDP_CHECK` sends, and which replies it takes for good ones.
///
/// @param payload what is sent, in hexadecimal
/// @param replyRequired whether silence is a failure
/// @param pattern how a reply begins, in hexadecimal with `x` for digits that do not matter; empty
///     for any
/// @param minBytes of a reply
/// @param maxBytes of a reply
public record UdpSpec(
        String payload, boolean replyRequired, String pattern, int minBytes, int maxBytes) {

    /// What no datagram can exceed (RFC 768).
    public static final int BYTES_MAX = 65_507;

    public UdpSpec {
        check(payload, false);
        check(pattern, true);
    }

    private static void check(String hex, boolean wildcards) {
        boolean good =
                hex.length() % 2 == 0
                        && hex.length() / 2 <= BYTES_MAX
                        && hex.chars()
                                .allMatch(
                                        letter ->
                                                HexFormat.isHexDigit(letter)
                                                        || (wildcards && letter == 'x'));
        if (!good) {
            throw new IllegalArgumentException("not octets: " + hex);
        }
    }

    byte[] octets() {
        return HexFormat.of().parseHex(payload);
    }
}
