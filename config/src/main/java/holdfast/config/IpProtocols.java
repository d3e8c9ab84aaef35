package holdfast.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The numbers of protocols over IP by their names: those that everybody knows, and those of the
/// host's `/etc/protocols`.
final class IpProtocols {

    private static final String FILE = "/etc/protocols";
    private static final int MAX = 255;

    private static final Map<String, Integer> KNOWN =
            Map.of(
                    "icmp", 1,
                    "tcp", 6,
                    "udp", 17,
                    "gre", 47,
                    "esp", 50,
                    "ah", 51,
                    "ipv6-icmp", 58,
                    "vrrp", 112,
                    "sctp", 132);

    private final HostFacts host;

    IpProtocols(HostFacts host) {
        this.host = host;
    }

    Scalar<Integer> number(String word) {
        Optional<Integer> known =
                Optional.ofNullable(KNOWN.get(word.toLowerCase(Locale.ROOT)))
                        .or(() -> Scalars.integer(word, 1, MAX).value().map(Long::intValue))
                        .or(() -> host.text(FILE).flatMap(text -> in(text, word)));
        return known.map(Scalar::of)
                .orElseGet(() -> Scalar.refused("'" + word + "' is not a protocol over IP"));
    }

    /// Lines of a name, a number, and other names.
    private static Optional<Integer> in(String text, String word) {
        for (String line : text.split("\n", -1)) {
            int comment = line.indexOf('#');
            String[] words =
                    (comment < 0 ? line : line.substring(0, comment)).strip().split("[ \t]+", -1);
            for (int i = 0; i < words.length && words.length > 1; i++) {
                if (i != 1 && words[i].equalsIgnoreCase(word)) {
                    return Scalars.integer(words[1], 1, MAX).value().map(Long::intValue);
                }
            }
        }
        return Optional.empty();
    }
}
