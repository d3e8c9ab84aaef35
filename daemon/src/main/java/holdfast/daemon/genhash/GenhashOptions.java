package holdfast.daemon.genhash;

import holdfast.net.Endpoint;
import holdfast.net.IpAddress;
import holdfast.probe.HttpSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What genhash was asked for.
///
/// @param host the `Host` header, and the name that TLS asks for if `named`
/// @param mark `SO_MARK`, 0 for none
record GenhashOptions(
        Endpoint server,
        String path,
        Optional<String> host,
        HttpSpec.Protocol protocol,
        boolean encrypted,
        boolean named,
        boolean verbose,
        int mark,
        Duration timeout) {

    /// The command line is wrong; the message, which may be empty, is for people.
    static final class Misused extends Exception {
        private static final long serialVersionUID = 1;

        Misused(String message) {
            super(message, null, false, false);
        }

        String message() {
            return String.valueOf(getMessage());
        }
    }

    /// The long options, each behind its letter; a colon after those that have an argument.
    private static final List<String> OPTIONS =
            List.of(
                    "S use-ssl",
                    "I use-sni",
                    "s:server",
                    "p:port",
                    "u:url",
                    "V:use-virtualhost",
                    "v verbose",
                    "h help",
                    "m:fwmark",
                    "P:protocol",
                    "t:timeout");

    private static final int PORT_MAX = 65_535;
    private static final long UNSIGNED_MAX = 0xffff_ffffL;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static GenhashOptions parse(List<String> words) throws Misused {
        return new Reader(words).read();
    }

    /// Reads words as getopt_long(3) does.
    private static final class Reader {

        private final List<String> words;
        private int next;
        private Optional<IpAddress> address = Optional.empty();
        private int port;
        private Optional<String> path = Optional.empty();
        private Optional<String> host = Optional.empty();
        private HttpSpec.Protocol protocol = HttpSpec.Protocol.HTTP_1_0;
        private boolean encrypted;
        private boolean named;
        private boolean verbose;
        private int mark;
        private Duration timeout = PATIENCE;

        Reader(List<String> words) {
            this.words = words;
        }

        GenhashOptions read() throws Misused {
            StringBuilder extra = new StringBuilder();
            while (next < words.size()) {
                String word = words.get(next++);
                if (word.startsWith("--") && word.length() > 2) {
                    longOption(word);
                } else if (word.startsWith("-") && word.length() > 1) {
                    letters(word);
                } else {
                    extra.append(' ').append(word);
                }
            }
            if (!extra.isEmpty()) {
                throw new Misused("Unexpected argument(s):" + extra);
            }
            if (address.isEmpty() || port == 0 || path.isEmpty()) {
                throw new Misused("");
            }
            return new GenhashOptions(
                    new Endpoint(address.get(), port),
                    path.get(),
                    host,
                    protocol,
                    encrypted,
                    named,
                    verbose,
                    mark,
                    timeout);
        }

        private void longOption(String word) throws Misused {
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            List<String> meant = OPTIONS.stream().filter(each -> each.startsWith(name, 2)).toList();
            if (meant.size() != 1) {
                throw new Misused("Unknown option " + word);
            }
            String option = meant.getFirst();
            boolean wants = option.charAt(1) == ':';
            if (equals >= 0 && !wants) {
                throw new Misused("Unknown option " + word);
            }
            take(
                    option.charAt(0),
                    equals >= 0 ? word.substring(equals + 1) : wants ? following(word) : "");
        }

        private void letters(String word) throws Misused {
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                Optional<String> option =
                        OPTIONS.stream().filter(each -> each.charAt(0) == letter).findFirst();
                if (option.isEmpty()) {
                    throw new Misused("Unknown option -" + letter);
                }
                if (option.get().charAt(1) == ':') {
                    String rest = word.substring(at + 1);
                    take(letter, rest.isEmpty() ? following("-" + letter) : rest);
                    return;
                }
                take(letter, "");
            }
        }

        private String following(String option) throws Misused {
            if (next >= words.size()) {
                throw new Misused("Missing parameter for option " + option);
            }
            return words.get(next++);
        }

        private void take(char letter, String value) throws Misused {
            switch (letter) {
                case 'S' -> encrypted = true;
                case 'I' -> named = true;
                case 'v' -> verbose = true;
                case 's' -> address = Optional.of(address(value));
                case 'p' -> {
                    String complaint = "invalid port number '" + value + "'";
                    port = (int) number(value, 1, PORT_MAX, complaint);
                }
                case 'u' -> path = Optional.of(value);
                case 'V' -> host = Optional.of(value);
                case 'P' -> protocol = protocol(value);
                case 'm' ->
                        mark =
                                (int)
                                        number(
                                                value,
                                                0,
                                                UNSIGNED_MAX,
                                                "invalid fwmark '" + value + "'");
                case 't' ->
                        timeout =
                                Duration.ofSeconds(
                                        number(
                                                value,
                                                0,
                                                UNSIGNED_MAX / 1_000_000,
                                                "invalid timeout '" + value + "'"));
                default -> throw new Misused("");
            }
        }

        private static IpAddress address(String text) throws Misused {
            return IpAddress.parse(text)
                    .orElseThrow(() -> new Misused("server should be an IP, not " + text));
        }

        private static HttpSpec.Protocol protocol(String text) throws Misused {
            return switch (text) {
                case "1.0" -> HttpSpec.Protocol.HTTP_1_0;
                case "1.0c", "1.0C" -> HttpSpec.Protocol.HTTP_1_0_CLOSE;
                case "1.1" -> HttpSpec.Protocol.HTTP_1_1;
                default -> throw new Misused("invalid HTTP protocol version '" + text + "'");
            };
        }

        private static long number(String text, long least, long most, String complaint)
                throws Misused {
            try {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // Said below, as for a number out of range.
            }
            throw new Misused(complaint);
        }
    }
}
