package holdfast.config;

import java.util.Optional;
import java.util.Set;

/// Checks a route as `ip-route(8)` writes it.
final class RouteLine {

    private static final Set<String> TYPES =
            Set.of(
                    "local",
                    "nat",
                    "broadcast",
                    "brd",
                    "anycast",
                    "multicast",
                    "blackhole",
                    "xresolve",
                    "unreachable",
                    "prohibit",
                    "throw",
                    "unicast");

    private static final Set<String> ENCAP_OPTIONS =
            Set.of("id", "dst", "src", "tos", "ttl", "flags", "tc", "hoplimit");

    private RouteLine() {}

    static void check(KeywordTable table, String path, LineWords words, Findings findings) {
        boolean destinationSeen = false;
        Word first = words.next();
        words.back();
        while (words.hasNext()) {
            Word word = words.next();
            Optional<Keyword> row = table.find(path, word.text());
            if (row.isPresent()) {
                if (!option(row.get(), word, words, findings)) {
                    return;
                }
                destinationSeen |= word.text().equals("to");
            } else if (!destinationSeen && destination(word.text()).value().isPresent()) {
                destinationSeen = true;
            } else if (destinationSeen || !TYPES.contains(word.text())) {
                OptionLines.unknown(table.of(path), word, findings);
                return;
            }
        }
        if (!destinationSeen) {
            findings.error(first, "the route has no destination");
        }
    }

    /// `default`, `any`, `all`, or a prefix; short IPv4 forms are for `ip` alone.
    static Scalar<String> destination(String text) {
        return switch (text) {
            case "default", "any", "all", "default6" -> Scalar.of(text);
            default -> {
                Scalar<?> prefix = Scalars.prefix(text);
                yield prefix.value().isPresent()
                        ? Scalar.of(text)
                        : Scalar.refused(prefix.complaint().orElse(text));
            }
        };
    }

    private static boolean option(Keyword row, Word word, LineWords words, Findings findings) {
        if (row.support() == Support.DEPRECATED) {
            findings.deprecated(
                    word,
                    "'%s' is an old spelling; write '%s'".formatted(row.name(), row.canonical()));
        }
        return switch (row.arguments()) {
            case "gateway" -> gateway(word, words, findings);
            case "encap" -> encapsulation(word, words, findings);
            // Its own options are those of a route.
            case "nexthop" -> true;
            default -> OptionLines.value(row, word, words, findings) && nextHopWeight(words);
        };
    }

    /// `weight N` belongs to next hops alone and has no row.
    private static boolean nextHopWeight(LineWords words) {
        if (words.take("weight") && words.hasNext()) {
            words.next();
        }
        return true;
    }

    private static boolean gateway(Word word, LineWords words, Findings findings) {
        if (!words.take("inet")) {
            words.take("inet6");
        }
        if (!words.hasNext()) {
            findings.missing(word, "'" + word.text() + "' needs an address");
            return false;
        }
        Word address = words.next();
        Optional<String> complaint = Scalars.address(address.text()).complaint();
        complaint.ifPresent(text -> findings.error(address, word.text() + ": " + text));
        nextHopWeight(words);
        return complaint.isEmpty();
    }

    private static boolean encapsulation(Word word, LineWords words, Findings findings) {
        if (!words.hasNext()) {
            findings.error(word, "'encap' needs ip, ip6, mpls, or ila");
            return false;
        }
        Word kind = words.next();
        switch (kind.text()) {
            case "mpls", "ila" -> {
                if (words.hasNext()) {
                    words.next();
                }
            }
            case "ip", "ip6" -> {
                while (words.hasNext()) {
                    if (!ENCAP_OPTIONS.contains(words.next().text()) || !words.hasNext()) {
                        words.back();
                        return true;
                    }
                    words.next();
                }
            }
            default -> {
                findings.error(kind, "'" + kind.text() + "' is not one of ip, ip6, mpls, ila");
                return false;
            }
        }
        return true;
    }
}
