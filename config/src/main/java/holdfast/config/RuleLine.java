package holdfast.config;

import holdfast.net.Family;
import holdfast.net.IpPrefix;
import holdfast.routing.RouteTraits;
import holdfast.routing.Rule;
import holdfast.vrrp.RuleSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one policy rule as `ip-rule(8)` writes it.
final class RuleLine {

    private static final int OCTET_MAX = 255;
    private static final int PORT_MAX = 0xffff;
    private static final long UNSIGNED_MAX = 0xffff_ffffL;

    /// What the kernel has room for.
    private static final long SUPPRESS_MAX = Integer.MAX_VALUE;

    private final KeywordTable table;
    private final Findings findings;
    private final RulePreferences preferences;
    private final String path;
    private final Statement line;
    private final OptionWords words;
    private final IpProtocols protocols;

    private @Nullable Family family;
    private boolean inverted;
    private Optional<IpPrefix> from = Optional.empty();
    private Optional<IpPrefix> to = Optional.empty();
    private Optional<String> inputInterface = Optional.empty();
    private Optional<String> outputInterface = Optional.empty();
    private int tos;
    private Rule.Mark mark = Rule.Mark.ANY;
    private Optional<Rule.Range> users = Optional.empty();
    private int ipProtocol;
    private Optional<Rule.Range> sourcePorts = Optional.empty();
    private Optional<Rule.Range> destinationPorts = Optional.empty();
    private long tunnel;
    private @Nullable Word action;
    private int kind = Rule.FR_ACT_TO_TBL;
    private int routeTable;
    private long target;
    private boolean ofDevice;
    private @Nullable Word tableOnly;
    private int realms;
    private Optional<Integer> suppressLength = Optional.empty();
    private Optional<Integer> suppressGroup = Optional.empty();
    private Optional<Long> preference = Optional.empty();
    private int protocol = RouteTraits.RTPROT_KEEPALIVED;
    private @Nullable Word protocolWord;
    private boolean tracked = true;
    private Optional<Word> trackGroup = Optional.empty();

    /// @param path of the block in the keyword table, with `#line`
    RuleLine(
            KeywordTable table,
            Context context,
            IprouteNames names,
            RulePreferences preferences,
            String path,
            Statement line) {
        this.table = table;
        this.findings = context.findings();
        this.preferences = preferences;
        this.path = path;
        this.line = line;
        this.words = new OptionWords(line, context, names);
        this.protocols = new IpProtocols(context.host());
    }

    Optional<RuleSpec> read() {
        while (words.hasNext()) {
            Word word = words.next();
            if (table.find(path, word.text()).isEmpty()) {
                OptionLines.unknown(table.of(path), word, findings);
                return Optional.empty();
            }
            if (!option(word)) {
                return Optional.empty();
            }
        }
        return finished();
    }

    /// The group that watches it, which only static rules have.
    Optional<Word> trackGroup() {
        return trackGroup;
    }

    private boolean option(Word word) {
        return switch (word.text()) {
            case "inet" -> isOf(Family.INET, word);
            case "inet6" -> isOf(Family.INET6, word);
            case "table", "lookup" -> {
                Optional<Integer> found = words.named(word, IprouteNames.Kind.TABLE, UNSIGNED_MAX);
                routeTable = found.orElse(0);
                boolean none = found.isPresent() && routeTable == 0;
                yield found.isPresent()
                        && (!none || words.refuse(word, "there is no table 0"))
                        && act(word, Rule.FR_ACT_TO_TBL);
            }
            case "l3mdev" -> {
                ofDevice = true;
                yield act(word, Rule.FR_ACT_TO_TBL);
            }
            case "goto" -> {
                Optional<Long> found = words.anyNumber(word, UNSIGNED_MAX);
                target = found.orElse(0L);
                yield found.isPresent() && act(word, Rule.FR_ACT_GOTO);
            }
            case "nop" -> act(word, Rule.FR_ACT_NOP);
            case "blackhole" -> act(word, Rule.FR_ACT_BLACKHOLE);
            case "unreachable" -> act(word, Rule.FR_ACT_UNREACHABLE);
            case "prohibit" -> act(word, Rule.FR_ACT_PROHIBIT);
            case "type" -> true;
            case "no_track" -> {
                tracked = false;
                yield true;
            }
            case "track_group" -> {
                trackGroup = words.value(word);
                yield trackGroup.isPresent();
            }
            case "preference", "order", "priority" -> {
                preference = words.anyNumber(word, UNSIGNED_MAX);
                yield preference.isPresent();
            }
            default -> limit(word) && condition(word);
        };
    }

    private boolean isOf(Family found, Word word) {
        if (family != null && family != found) {
            return words.refuse(word, "the rule mixes IPv4 and IPv6");
        }
        family = found;
        return true;
    }

    private boolean act(Word word, int what) {
        if (action != null) {
            return words.refuse(
                    word,
                    "the rule has two actions, '%s' and '%s'"
                            .formatted(action.text(), word.text()));
        }
        action = word;
        kind = what;
        return true;
    }

    /// Takes what goes with a table; true for all other options, too.
    private boolean limit(Word word) {
        switch (word.text()) {
            case "realms" -> {
                tableOnly = word;
                Optional<Integer> found = words.realms(word);
                realms = found.orElse(0);
                return found.isPresent();
            }
            case "suppress_prefixlength", "sup_pl" -> {
                tableOnly = word;
                suppressLength = words.number(word, SUPPRESS_MAX).map(Long::intValue);
                return suppressLength.isPresent();
            }
            case "suppress_ifgroup", "sup_group" -> {
                tableOnly = word;
                suppressGroup = words.named(word, IprouteNames.Kind.GROUP, SUPPRESS_MAX);
                return suppressGroup.isPresent();
            }
            case "protocol" -> {
                protocolWord = word;
                Optional<Integer> found = words.named(word, IprouteNames.Kind.PROTOCOL, OCTET_MAX);
                protocol = found.orElse(protocol);
                return found.isPresent();
            }
            default -> {
                return true;
            }
        }
    }

    private boolean condition(Word word) {
        switch (word.text()) {
            case "not" -> {
                inverted = true;
                return true;
            }
            case "from" -> {
                return place(word, found -> from = found);
            }
            case "to" -> {
                return place(word, found -> to = found);
            }
            case "dev", "iif" -> {
                inputInterface = words.interfaceName(word);
                return inputInterface.isPresent();
            }
            case "oif" -> {
                outputInterface = words.interfaceName(word);
                return outputInterface.isPresent();
            }
            case "tos", "dsfield" -> {
                Optional<Integer> found = words.named(word, IprouteNames.Kind.DSFIELD, OCTET_MAX);
                tos = found.orElse(0);
                return found.isPresent();
            }
            case "fwmark" -> {
                return words.value(word).filter(this::mark).isPresent();
            }
            case "tunnel-id" -> {
                Optional<Word> value = words.value(word);
                tunnel = value.flatMap(this::tunnel).orElse(0L);
                return tunnel != 0;
            }
            case "uidrange" -> {
                users = range(word, UNSIGNED_MAX);
                return users.isPresent();
            }
            case "ipproto" -> {
                ipProtocol = words.value(word).flatMap(this::ipProtocol).orElse(0);
                return ipProtocol != 0;
            }
            case "sport" -> {
                sourcePorts = range(word, PORT_MAX);
                return sourcePorts.isPresent();
            }
            case "dport" -> {
                destinationPorts = range(word, PORT_MAX);
                return destinationPorts.isPresent();
            }
            default -> {
                return true; // Taken before.
            }
        }
    }

    private interface Taker {
        void take(Optional<IpPrefix> place);
    }

    private boolean place(Word option, Taker taker) {
        Optional<Word> word = words.value(option);
        if (word.isEmpty()) {
            return false;
        }
        switch (word.get().text()) {
            case "default", "any", "all" -> taker.take(Optional.empty());
            default -> {
                Optional<IpPrefix> found =
                        words.good(word.get(), Scalars.prefix(word.get().text()));
                if (found.isEmpty() || !isOf(found.get().address().family(), word.get())) {
                    return false;
                }
                // A prefix of no length is no condition.
                taker.take(found.filter(prefix -> prefix.length() > 0));
            }
        }
        return true;
    }

    private boolean mark(Word word) {
        String text = word.text();
        int slash = text.indexOf('/');
        String value = slash < 0 ? text : text.substring(0, slash);
        String mask = slash < 0 ? "0xffffffff" : text.substring(slash + 1);
        Optional<Long> one = words.good(word, Scalars.integerOfAnyBase(value, 0, UNSIGNED_MAX));
        Optional<Long> other = words.good(word, Scalars.integerOfAnyBase(mask, 0, UNSIGNED_MAX));
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        mark = new Rule.Mark(one.get().intValue(), other.get().intValue());
        return true;
    }

    private Optional<Long> tunnel(Word word) {
        return words.good(word, Scalars.integerOfAnyBase(word.text(), 1, Long.MAX_VALUE));
    }

    private Optional<Integer> ipProtocol(Word word) {
        return words.good(word, protocols.number(word.text()));
    }

    /// `LOW-HIGH`, or one number.
    private Optional<Rule.Range> range(Word option, long max) {
        Optional<Word> word = words.value(option);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        String text = word.get().text();
        int dash = text.indexOf('-');
        String low = dash < 0 ? text : text.substring(0, dash);
        Optional<Long> first = words.good(word.get(), Scalars.integer(low, 0, max));
        Optional<Long> last =
                words.good(word.get(), Scalars.integer(text.substring(dash + 1), 0, max));
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (first.get() > last.get()) {
            words.refuse(word.get(), "'" + text + "' runs backwards");
            return Optional.empty();
        }
        return Optional.of(new Rule.Range(first.get().intValue(), last.get().intValue()));
    }

    private Optional<RuleSpec> finished() {
        Word at = line.keyword();
        if (action == null) {
            findings.error(at, "the rule does nothing", "give it a table, or another action");
            return Optional.empty();
        }
        if (tableOnly != null && kind != Rule.FR_ACT_TO_TBL) {
            words.refuse(tableOnly, "'" + tableOnly.text() + "' goes with a table alone");
            return Optional.empty();
        }
        Family known = family == null ? Family.INET : family;
        if (realms != 0 && known == Family.INET6) {
            words.refuse(at, "realms are for IPv4 alone");
            return Optional.empty();
        }
        if (kind == Rule.FR_ACT_GOTO && preference.filter(own -> own < target).isEmpty()) {
            words.refuse(
                    action,
                    "'goto' leads to a preference above the rule's own, which has to be said");
            return Optional.empty();
        }
        if (protocolWord != null && tracked && protocol != RouteTraits.RTPROT_KEEPALIVED) {
            findings.error(
                    protocolWord, "only a rule with no_track can have another protocol than 18");
            protocol = RouteTraits.RTPROT_KEEPALIVED;
        }
        long priority = preference.orElseGet(() -> preferences.next(known));
        if (preference.isEmpty()) {
            findings.warning(
                    at,
                    "the rule has no preference; it gets %d, which may change with the rules before"
                                    .formatted(priority)
                            + " it");
        }
        return Optional.of(new RuleSpec(rule(known, (int) priority), tracked));
    }

    private Rule rule(Family known, int priority) {
        return new Rule(
                known,
                priority,
                new Rule.Match(
                        inverted,
                        from,
                        to,
                        inputInterface,
                        outputInterface,
                        tos,
                        mark,
                        users,
                        ipProtocol,
                        sourcePorts,
                        destinationPorts,
                        tunnel),
                new Rule.Action(
                        kind,
                        routeTable,
                        (int) target,
                        ofDevice,
                        realms,
                        suppressLength,
                        suppressGroup),
                protocol);
    }
}
