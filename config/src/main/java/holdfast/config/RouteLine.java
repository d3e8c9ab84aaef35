package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import holdfast.net.Ipv4Address;
import holdfast.net.Ipv6Address;
import holdfast.routing.RouteTraits;
import holdfast.vrrp.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one route as `ip-route(8)` writes it.
final class RouteLine {

    private static final Map<String, Integer> TYPES =
            Map.ofEntries(
                    Map.entry("unicast", RouteTraits.RTN_UNICAST),
                    Map.entry("local", RouteTraits.RTN_LOCAL),
                    Map.entry("broadcast", RouteTraits.RTN_BROADCAST),
                    Map.entry("brd", RouteTraits.RTN_BROADCAST),
                    Map.entry("anycast", RouteTraits.RTN_ANYCAST),
                    Map.entry("multicast", RouteTraits.RTN_MULTICAST),
                    Map.entry("blackhole", RouteTraits.RTN_BLACKHOLE),
                    Map.entry("unreachable", RouteTraits.RTN_UNREACHABLE),
                    Map.entry("prohibit", RouteTraits.RTN_PROHIBIT),
                    Map.entry("throw", RouteTraits.RTN_THROW),
                    Map.entry("nat", RouteTraits.RTN_NAT),
                    Map.entry("xresolve", RouteTraits.RTN_XRESOLVE));

    private static final int OCTET_MAX = 255;
    private static final long UNSIGNED_MAX = 0xffff_ffffL;

    private final KeywordTable table;
    private final Findings findings;
    private final String path;
    private final Statement line;
    private final OptionWords words;
    private final MetricWords metrics;
    private final WayWords ways;

    private @Nullable Family family;
    private @Nullable Word destinationWord;
    private @Nullable IpPrefix destination;
    private @Nullable IpPrefix source;
    private @Nullable IpAddress preferredSource;
    private @Nullable Word ipv6Only;
    private @Nullable Word ipv4Only;
    private int type = RouteTraits.RTN_UNICAST;
    private int routeTable = RouteTraits.RT_TABLE_MAIN;
    private int protocol = RouteTraits.RTPROT_KEEPALIVED;
    private @Nullable Word protocolWord;
    private Optional<Integer> scope = Optional.empty();
    private int tos;
    private int metric;
    private Optional<Integer> preference = Optional.empty();
    private Optional<Integer> expires = Optional.empty();
    private Optional<Boolean> ttlPropagate = Optional.empty();
    private Optional<String> vrf = Optional.empty();
    private Optional<RouteSpec.Placing> placing = Optional.empty();
    private boolean tracked = true;
    private Optional<Word> trackGroup = Optional.empty();

    /// @param path of the block in the keyword table, with `#line`
    RouteLine(
            KeywordTable table, Context context, IprouteNames names, String path, Statement line) {
        this.table = table;
        this.findings = context.findings();
        this.path = path;
        this.line = line;
        this.words = new OptionWords(line, context, names);
        this.metrics = new MetricWords(words, findings);
        this.ways = new WayWords(words, findings);
    }

    Optional<RouteSpec> read() {
        while (words.hasNext()) {
            Word word = words.next();
            Optional<Keyword> row = table.find(path, word.text());
            if (row.isPresent() && row.get().support() == Support.DEPRECATED) {
                findings.deprecated(
                        word,
                        "'%s' is an old spelling; write '%s'"
                                .formatted(word.text(), row.get().canonical()));
            }
            if (row.isPresent() ? !option(word) : !typeOrDestination(word)) {
                return Optional.empty();
            }
        }
        if (destinationWord == null) {
            findings.error(line.keyword(), "the route has no destination");
            return Optional.empty();
        }
        return finished(destinationWord);
    }

    /// The group that watches it, which only static routes have.
    Optional<Word> trackGroup() {
        return trackGroup;
    }

    private boolean typeOrDestination(Word word) {
        Integer known = TYPES.get(word.text());
        boolean number =
                destinationWord == null && word.text().chars().allMatch(Character::isDigit);
        if (known != null) {
            type = known;
            return true;
        }
        if (number && Scalars.integer(word.text(), 0, OCTET_MAX).value().isPresent()) {
            type = Integer.parseInt(word.text());
            return true;
        }
        if (destinationWord != null) {
            OptionLines.unknown(table.of(path), word, findings);
            return false;
        }
        if (isDefault(word.text()) || Scalars.prefix(word.text()).value().isPresent()) {
            return destination(word);
        }
        OptionLines.unknown(table.of(path), word, findings);
        return false;
    }

    private static boolean isDefault(String text) {
        return switch (text) {
            case "default", "any", "all", "default6" -> true;
            default -> false;
        };
    }

    private boolean destination(Word word) {
        destinationWord = word;
        if (word.text().equals("default6")) {
            findings.deprecated(word, "'default6' is an old spelling; write 'inet6 default'");
            return isOf(Family.INET6, word);
        }
        if (isDefault(word.text())) {
            return true;
        }
        destination = words.good(word, Scalars.prefix(word.text())).orElse(null);
        return destination != null && isOf(destination.address().family(), word);
    }

    /// Everything but a gateway has to be of one family.
    private boolean isOf(Family found, Word word) {
        if (family != null && family != found) {
            return words.refuse(word, "the route mixes IPv4 and IPv6");
        }
        family = found;
        return true;
    }

    private boolean option(Word word) {
        if (MetricWords.has(word.text())) {
            return metrics.read(word);
        }
        return switch (word.text()) {
            case "to" -> {
                Optional<Word> next = words.value(word);
                yield next.isPresent() && typeOrDestination(next.get());
            }
            case "inet" -> isOf(Family.INET, word);
            case "inet6" -> isOf(Family.INET6, word);
            case "src" -> {
                preferredSource = words.address(word).orElse(null);
                yield preferredSource != null && isOf(preferredSource.family(), word);
            }
            case "from" -> {
                source = words.prefix(word).orElse(null);
                ipv6Only = word;
                yield source != null && isOf(source.address().family(), word);
            }
            case "add" -> place(RouteSpec.Placing.ALONE);
            case "append" -> place(RouteSpec.Placing.APPEND);
            case "prepend" -> place(RouteSpec.Placing.PREPEND);
            case "no_track" -> {
                tracked = false;
                yield true;
            }
            case "track_group" -> {
                trackGroup = words.value(word);
                yield trackGroup.isPresent();
            }
            case "as" -> {
                words.take("to");
                findings.warning(word, "'as' is for MPLS alone; it is ignored");
                yield words.value(word).isPresent();
            }
            default -> trait(word);
        };
    }

    private boolean place(RouteSpec.Placing where) {
        placing = Optional.of(where);
        return true;
    }

    private boolean trait(Word word) {
        return switch (word.text()) {
            case "tos", "dsfield" ->
                    take(words.named(word, IprouteNames.Kind.DSFIELD, OCTET_MAX), v -> tos = v);
            case "table" ->
                    take(
                            words.named(word, IprouteNames.Kind.TABLE, UNSIGNED_MAX),
                            v -> routeTable = v);
            case "protocol" -> {
                protocolWord = word;
                yield take(
                        words.named(word, IprouteNames.Kind.PROTOCOL, OCTET_MAX),
                        v -> protocol = v);
            }
            case "scope" -> {
                scope = words.named(word, IprouteNames.Kind.SCOPE, OCTET_MAX);
                yield scope.isPresent();
            }
            case "metric", "priority", "preference" ->
                    take(words.number(word, UNSIGNED_MAX).map(Long::intValue), v -> metric = v);
            case "expires" -> {
                ipv6Only = word;
                expires = words.number(word, UNSIGNED_MAX).map(Long::intValue);
                yield expires.isPresent();
            }
            case "pref" -> {
                ipv6Only = word;
                preference = words.value(word).flatMap(this::preference);
                yield preference.isPresent();
            }
            case "ttl-propagate" -> {
                ttlPropagate = words.value(word).flatMap(this::shown);
                yield ttlPropagate.isPresent();
            }
            case "vrf" -> {
                vrf = words.interfaceName(word);
                yield vrf.isPresent();
            }
            case "realms" -> {
                ipv4Only = word;
                yield ways.read(word);
            }
            default -> ways.read(word);
        };
    }

    private interface Taker {
        void take(int value);
    }

    private static boolean take(Optional<Integer> value, Taker taker) {
        value.ifPresent(taker::take);
        return value.isPresent();
    }

    /// RFC 4191, section 2.1.
    private Optional<Integer> preference(Word word) {
        return switch (word.text()) {
            case "medium" -> Optional.of(0);
            case "high" -> Optional.of(1);
            case "low" -> Optional.of(3);
            default ->
                    words.good(word, Scalars.integer(word.text(), 0, OCTET_MAX))
                            .map(Long::intValue);
        };
    }

    private Optional<Boolean> shown(Word word) {
        return switch (word.text()) {
            case "enabled" -> Optional.of(true);
            case "disabled" -> Optional.of(false);
            default -> {
                words.refuse(word, "'" + word.text() + "' is neither enabled nor disabled");
                yield Optional.empty();
            }
        };
    }

    private Optional<RouteSpec> finished(Word at) {
        Family known = family != null ? family : ways.family().orElse(Family.INET);
        Word wrong = known == Family.INET ? ipv6Only : ipv4Only;
        if (wrong != null) {
            String other = known == Family.INET ? "IPv6" : "IPv4";
            words.refuse(wrong, "'%s' is for %s alone".formatted(wrong.text(), other));
            return Optional.empty();
        }
        Optional<List<RouteSpec.Way>> found = ways.ways(known);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (protocolWord != null && tracked && protocol != RouteTraits.RTPROT_KEEPALIVED) {
            findings.error(
                    protocolWord, "only a route with no_track can have another protocol than 18");
            protocol = RouteTraits.RTPROT_KEEPALIVED;
        }
        if (type == RouteTraits.RTN_UNICAST && found.get().isEmpty()) {
            findings.note(at, "the route leads nowhere; give it via or dev");
        }
        RouteTraits traits =
                new RouteTraits(
                        type,
                        scope.orElse(usualScope(type)),
                        protocol,
                        routeTable,
                        tos,
                        metric,
                        Optional.ofNullable(preferredSource),
                        ways.realms(),
                        preference,
                        expires,
                        ttlPropagate,
                        metrics.metrics());
        boolean plain = type == RouteTraits.RTN_UNICAST;
        return Optional.of(
                new RouteSpec(
                        destination == null ? all(known) : destination,
                        Optional.ofNullable(source),
                        traits,
                        vrf,
                        new ArrayList<>(found.get()),
                        placing.orElse(plain ? RouteSpec.Placing.PREPEND : RouteSpec.Placing.ALONE),
                        tracked));
    }

    /// What the kernel accepts for a type.
    private static int usualScope(int type) {
        return switch (type) {
            case RouteTraits.RTN_LOCAL, RouteTraits.RTN_NAT -> RouteTraits.RT_SCOPE_HOST;
            case RouteTraits.RTN_BROADCAST, RouteTraits.RTN_MULTICAST, RouteTraits.RTN_ANYCAST ->
                    RouteTraits.RT_SCOPE_LINK;
            default -> RouteTraits.RT_SCOPE_UNIVERSE;
        };
    }

    private static IpPrefix all(Family family) {
        return switch (family) {
            case INET -> new IpPrefix(Ipv4Address.of(0, 0, 0, 0), 0);
            case INET6 -> new IpPrefix(new Ipv6Address(0, 0), 0);
        };
    }
}
