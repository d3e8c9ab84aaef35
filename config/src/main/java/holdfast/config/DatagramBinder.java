package holdfast.config;

import holdfast.probe.DnsSpec;
import holdfast.probe.UdpSpec;
import java.util.Locale;
import java.util.Optional;

/// Binds what checkers send in datagrams, and what they want to hear.
final class DatagramBinder {

    /// `keepalived check - keepalived ch`, which servers may know.
    private static final String PAYLOAD =
            "6b656570616c6976656420636865636b202d206b656570616c69766564206368";

    private static final int REPLY_BYTES_MAX = 255;

    private final Context context;

    DatagramBinder(Context context) {
        this.context = context;
    }

    DnsSpec dns(Section block) {
        DnsSpec.Type type =
                block.text("type")
                        .map(word -> DnsSpec.Type.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(DnsSpec.Type.SOA);
        Optional<Entry> name = block.last("name");
        if (name.isEmpty()) {
            return new DnsSpec(DnsSpec.ROOT, type);
        }
        Optional<String> complaint = DnsSpec.complaint(name.get().text());
        if (complaint.isPresent()) {
            context.findings()
                    .error(name.get().word(0), complaint.get() + "; the root is asked for");
            return new DnsSpec(DnsSpec.ROOT, type);
        }
        return new DnsSpec(name.get().text(), type);
    }

    UdpSpec udp(Entry checker) {
        Section block = checker.inner();
        Optional<Entry> reply = block.last("require_reply");
        String pattern = reply.map(DatagramBinder::octets).orElse("");
        if (pattern.length() / 2 > UdpSpec.BYTES_MAX) {
            context.findings().error(reply.orElseThrow().at(), "no datagram is that long");
            pattern = "";
        }
        int min = block.number("min_reply_length").map(Context::toInt).orElse(0);
        Optional<Entry> longest = block.last("max_reply_length");
        int max = longest.map(entry -> (int) entry.number()).orElse(REPLY_BYTES_MAX);
        if (min > max) {
            context.findings()
                    .error(
                            longest.or(() -> block.last("min_reply_length")).orElseThrow().at(),
                            "no reply can have at least %d and at most %d octets"
                                    .formatted(min, max));
        } else if (pattern.length() / 2 > max) {
            context.findings()
                    .note(
                            reply.orElseThrow().at(),
                            "the reply required has more than max_reply_length %d octets"
                                    .formatted(max));
        }
        Optional<Entry> payload = block.last("payload");
        String octets = payload.map(DatagramBinder::octets).orElse(PAYLOAD);
        if (octets.length() / 2 > UdpSpec.BYTES_MAX) {
            context.findings().error(payload.orElseThrow().at(), "no datagram is that long");
            octets = PAYLOAD;
        }
        return new UdpSpec(octets, reply.isPresent(), pattern, min, max);
    }

    /// Each word holds whole octets; a digit that is left over is the lower one of its own.
    private static String octets(Entry entry) {
        StringBuilder hex = new StringBuilder();
        for (Word word : entry.words()) {
            String digits = word.text().toLowerCase(Locale.ROOT);
            if (digits.length() % 2 == 0) {
                hex.append(digits);
                continue;
            }
            char odd = digits.charAt(digits.length() - 1);
            hex.append(digits, 0, digits.length() - 1).append('0').append(odd);
        }
        return hex.toString();
    }
}
