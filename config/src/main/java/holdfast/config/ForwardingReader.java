package holdfast.config;

import holdfast.balance.Forwarding;
import holdfast.balance.Forwarding.Tunnel;
import java.util.List;
import java.util.Optional;

/// Reads `NAT`, `DR`, or `TUN` with its options.
final class ForwardingReader {

    private static final List<String> KINDS = List.of("NAT", "DR", "TUN");

    private final Findings findings;

    ForwardingReader(Findings findings) {
        this.findings = findings;
    }

    Optional<Forwarding> read(Entry entry) {
        Word word = entry.word(0);
        return switch (word.text()) {
            case "NAT" -> Optional.of(new Forwarding.Nat());
            case "DR" -> Optional.of(new Forwarding.DirectRouting());
            case "TUN" -> tunnel(entry.words().subList(1, entry.words().size()), word);
            default -> {
                String message = "'%s' is not one of NAT, DR, TUN".formatted(word.text());
                Optional<String> near = Nearest.of(word.text(), KINDS);
                if (near.isPresent()) {
                    findings.error(word, message, "did you mean '" + near.get() + "'?");
                } else {
                    findings.error(word, message);
                }
                yield Optional.empty();
            }
        };
    }

    private Optional<Forwarding> tunnel(List<Word> words, Word at) {
        Tunnel.Kind kind = Tunnel.Kind.IPIP;
        Tunnel.Checksum checksum = Tunnel.Checksum.NONE;
        boolean checksumGiven = false;
        int port = 0;
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            Optional<Word> value =
                    i + 1 < words.size() ? Optional.of(words.get(i + 1)) : Optional.empty();
            switch (word.text()) {
                case "type" -> {
                    Optional<Tunnel.Kind> read = value.flatMap(ForwardingReader::kind);
                    if (read.isEmpty()) {
                        return refused(value.orElse(word), "expected ipip, gue, or gre");
                    }
                    kind = read.get();
                    i++;
                }
                case "port" -> {
                    Optional<Integer> read = value.flatMap(one -> Scalars.port(one.text()).value());
                    if (read.isEmpty()) {
                        return refused(value.orElse(word), "expected a port (1 to 65535)");
                    }
                    port = read.get();
                    i++;
                }
                case "nocsum", "csum", "remcsum" -> {
                    checksumGiven = true;
                    checksum = checksum(word.text());
                }
                default -> {
                    return refused(word, "unknown tunnel option '" + word.text() + "'");
                }
            }
        }
        return checked(new Tunnel(kind, port, checksum), checksumGiven, at);
    }

    private Optional<Forwarding> checked(Tunnel tunnel, boolean checksumGiven, Word at) {
        boolean gue = tunnel.kind() == Tunnel.Kind.GUE;
        if (gue != tunnel.port() > 0) {
            return refused(at, gue ? "a gue tunnel needs a port" : "only gue tunnels have a port");
        }
        boolean wrong =
                switch (tunnel.kind()) {
                    case IPIP -> checksumGiven;
                    case GRE -> tunnel.checksum() == Tunnel.Checksum.REMOTE;
                    case GUE -> false;
                };
        return wrong
                ? refused(at, "this kind of tunnel does not have this checksum option")
                : Optional.of(tunnel);
    }

    private Optional<Forwarding> refused(Word at, String message) {
        findings.error(at, message);
        return Optional.empty();
    }

    private static Optional<Tunnel.Kind> kind(Word word) {
        return switch (word.text()) {
            case "ipip" -> Optional.of(Tunnel.Kind.IPIP);
            case "gue" -> Optional.of(Tunnel.Kind.GUE);
            case "gre" -> Optional.of(Tunnel.Kind.GRE);
            default -> Optional.empty();
        };
    }

    private static Tunnel.Checksum checksum(String word) {
        return switch (word) {
            case "csum" -> Tunnel.Checksum.FULL;
            case "remcsum" -> Tunnel.Checksum.REMOTE;
            default -> Tunnel.Checksum.NONE;
        };
    }
}
