package holdfast.probe;

import holdfast.probe.RegexNode.At;
import holdfast.probe.RegexNode.Atomic;
import holdfast.probe.RegexNode.Back;
import holdfast.probe.RegexNode.Capture;
import holdfast.probe.RegexNode.Choice;
import holdfast.probe.RegexNode.Greed;
import holdfast.probe.RegexNode.IfSeen;
import holdfast.probe.RegexNode.IfSet;
import holdfast.probe.RegexNode.Look;
import holdfast.probe.RegexNode.One;
import holdfast.probe.RegexNode.Place;
import holdfast.probe.RegexNode.Repeat;
import holdfast.probe.RegexNode.Sequence;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads a pattern as PCRE2 does (pcre2pattern(3)), but for what calls patterns from within
/// patterns. Used once.
final class RegexParser {

    /// PCRE2's limit for counts.
    private static final int COUNT_MAX = 65_535;

    private static final int DEPTH_MAX = 200;

    private final RegexReader in;
    private final RegexNames names;
    private Set<RegexOption> options;
    private int groups;
    private int depth;

    /// @param pattern octets, or code points if the options have UTF
    RegexParser(int[] pattern, Set<RegexOption> options) {
        this.in = new RegexReader(pattern);
        this.options = options.isEmpty() ? EnumSet.noneOf(RegexOption.class) : copy(options);
        this.names = new RegexNames();
    }

    private static Set<RegexOption> copy(Set<RegexOption> options) {
        return EnumSet.copyOf(options);
    }

    RegexNode parse() throws RegexSyntax {
        RegexNode node = choice();
        if (in.more()) {
            throw new RegexSyntax("a ')' closes nothing");
        }
        names.check(groups);
        return node;
    }

    int groups() {
        return groups;
    }

    private boolean has(RegexOption option) {
        return options.contains(option);
    }

    private boolean unicode() {
        return has(RegexOption.UTF) || has(RegexOption.UCP);
    }

    /// Options that are set within a group end with it.
    private RegexNode choice() throws RegexSyntax {
        if (++depth > DEPTH_MAX) {
            throw new RegexSyntax("the pattern is nested too deep");
        }
        Set<RegexOption> before = copy(options);
        List<RegexNode> branches = new ArrayList<>();
        branches.add(sequence());
        while (in.takes('|')) {
            branches.add(sequence());
        }
        options = before;
        depth--;
        return branches.size() == 1 ? branches.getFirst() : new Choice(branches);
    }

    private RegexNode sequence() throws RegexSyntax {
        List<RegexNode> parts = new ArrayList<>();
        while (in.more() && !in.at('|') && !in.at(')')) {
            if (has(RegexOption.EXTENDED) && in.skipsBlank()) {
                continue;
            }
            RegexNode part = atom();
            if (part != Sequence.EMPTY) {
                parts.add(quantified(part));
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private RegexNode atom() throws RegexSyntax {
        int letter = in.next();
        return switch (letter) {
            case '(' -> group();
            case '[' -> new One(new RegexClass(in, options).read());
            case '.' -> new One(new Letters(any -> has(RegexOption.DOTALL) || any != '\n'));
            case '^' -> new At(lineStart());
            case '$' -> new At(lineEnd());
            case '*', '+', '?' -> throw new RegexSyntax("a quantifier has nothing before it");
            case '\\' -> escape();
            default -> literal(letter);
        };
    }

    /// What the options say now, not when the pattern is used.
    private Place lineStart() {
        if (!has(RegexOption.MULTILINE)) {
            return Place.TEXT_START;
        }
        return has(RegexOption.ALT_CIRCUMFLEX) ? Place.ANY_LINE_START : Place.LINE_START;
    }

    private Place lineEnd() {
        if (has(RegexOption.MULTILINE)) {
            return Place.LINE_END;
        }
        return has(RegexOption.DOLLAR_ENDONLY) ? Place.TEXT_END : Place.LAST_LINE_END;
    }

    private RegexNode literal(int letter) {
        return new One(
                new Letters(
                        has(RegexOption.CASELESS)
                                ? Letters.caseless(other -> other == letter, unicode())
                                : other -> other == letter));
    }

    private RegexNode quantified(RegexNode part) throws RegexSyntax {
        RegexNode node = part;
        while (true) {
            while (has(RegexOption.EXTENDED) && in.skipsBlank()) {
                // Blanks may stand before a quantifier.
            }
            int least;
            int most = RegexNode.ENDLESS;
            if (in.takes('*')) {
                least = 0;
            } else if (in.takes('+')) {
                least = 1;
            } else if (in.takes('?')) {
                least = 0;
                most = 1;
            } else if (in.atCounts()) {
                int[] counts = in.counts(COUNT_MAX);
                least = counts[0];
                most = counts[1];
            } else {
                return node;
            }
            if (node instanceof At) {
                throw new RegexSyntax("a quantifier stands behind a place");
            }
            Greed greed = has(RegexOption.UNGREEDY) ? Greed.LAZY : Greed.GREEDY;
            if (in.takes('?')) {
                greed = greed == Greed.LAZY ? Greed.GREEDY : Greed.LAZY;
            } else if (in.takes('+')) {
                greed = Greed.POSSESSIVE;
            }
            node = new Repeat(node, least, most, greed);
        }
    }

    private RegexNode escape() throws RegexSyntax {
        if (in.takes('Q')) {
            List<RegexNode> letters = new ArrayList<>();
            for (int letter : in.quoted()) {
                letters.add(literal(letter));
            }
            // A quantifier counts for the last letter alone.
            return letters.isEmpty() ? Sequence.EMPTY : tail(letters);
        }
        if (in.takes('E')) {
            return Sequence.EMPTY;
        }
        return new RegexEscape(in, options, names).read(groups);
    }

    private RegexNode tail(List<RegexNode> letters) throws RegexSyntax {
        RegexNode last = quantified(letters.removeLast());
        letters.add(last);
        return new Sequence(letters);
    }

    private RegexNode group() throws RegexSyntax {
        if (in.at('*')) {
            throw new RegexSyntax("verbs such as '(*SKIP)' are not understood");
        }
        if (!in.takes('?')) {
            if (has(RegexOption.NO_AUTO_CAPTURE)) {
                return closed(choice());
            }
            return capture();
        }
        int kind = in.next();
        return switch (kind) {
            case '#' -> {
                in.skipComment();
                yield Sequence.EMPTY;
            }
            case ':' -> closed(choice());
            case '|' -> closed(alike());
            case '>' -> closed(new Atomic(choice()));
            case '=' -> closed(new Look(choice(), false, false));
            case '!' -> closed(new Look(choice(), false, true));
            case '\'' -> named('\'');
            case 'P' -> python();
            case '<' -> {
                if (in.takes('=')) {
                    yield closed(new Look(choice(), true, false));
                }
                yield in.takes('!') ? closed(new Look(choice(), true, true)) : named('>');
            }
            case '(' -> condition();
            case 'R', '&', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                    throw new RegexSyntax("patterns that call themselves are not understood");
            case 'C' -> throw new RegexSyntax("callouts are not understood");
            default -> {
                in.back();
                yield switches();
            }
        };
    }

    private RegexNode closed(RegexNode node) throws RegexSyntax {
        if (!in.takes(')')) {
            throw new RegexSyntax("a '(' is not closed");
        }
        // A place in brackets may be counted, other than one without.
        return node instanceof At ? new Sequence(List.of(node)) : node;
    }

    private RegexNode capture() throws RegexSyntax {
        int number = ++groups;
        return closed(new Capture(number, choice()));
    }

    private RegexNode named(int end) throws RegexSyntax {
        String name = in.name(end);
        names.add(name, groups + 1, has(RegexOption.DUPNAMES));
        return capture();
    }

    private RegexNode python() throws RegexSyntax {
        if (in.takes('<')) {
            return named('>');
        }
        if (in.takes('=')) {
            return new Back(names.groups(in.name(')')), has(RegexOption.CASELESS));
        }
        throw new RegexSyntax("patterns that call themselves are not understood");
    }

    /// `(?|`: the groups of each branch have the same numbers.
    private RegexNode alike() throws RegexSyntax {
        List<RegexNode> branches = new ArrayList<>();
        Set<RegexOption> before = copy(options);
        int first = groups;
        int most = groups;
        do {
            groups = first;
            branches.add(sequence());
            most = Math.max(most, groups);
        } while (in.takes('|'));
        groups = most;
        options = before;
        return new Choice(branches);
    }

    private RegexNode condition() throws RegexSyntax {
        if (in.takes('?')) {
            boolean behind = in.takes('<');
            boolean negative = in.takes('!');
            if (!negative && !in.takes('=')) {
                throw new RegexSyntax("a condition is no assertion");
            }
            Look look = new Look(choice(), behind, negative);
            closed(look);
            RegexNode[] both = both();
            return new IfSeen(look, both[0], both[1]);
        }
        String word = in.condition();
        int group =
                word.chars().allMatch(Character::isDigit)
                        ? RegexReader.number(word, COUNT_MAX)
                        : names.groups(word).getFirst();
        names.need(group);
        RegexNode[] both = both();
        return new IfSet(group, both[0], both[1]);
    }

    private RegexNode[] both() throws RegexSyntax {
        RegexNode yes = sequence();
        RegexNode no = in.takes('|') ? sequence() : Sequence.EMPTY;
        if (in.at('|')) {
            throw new RegexSyntax("a condition has more than two branches");
        }
        closed(yes);
        return new RegexNode[] {yes, no};
    }

    /// `(?i)`, `(?s-m:...)`, `(?^x)`.
    private RegexNode switches() throws RegexSyntax {
        Set<RegexOption> next = copy(options);
        boolean on = true;
        if (in.takes('^')) {
            for (int letter : "imsxn".chars().toArray()) {
                next.remove(option(letter));
            }
        }
        while (!in.at(')') && !in.at(':')) {
            int letter = in.next();
            if (letter == '-') {
                on = false;
            } else if (on) {
                next.add(option(letter));
            } else {
                next.remove(option(letter));
            }
        }
        if (in.takes(')')) {
            options = next; // Up to the end of the group around.
            return Sequence.EMPTY;
        }
        in.next();
        Set<RegexOption> before = options;
        options = next;
        RegexNode node = choice();
        options = before;
        return closed(node);
    }

    private static RegexOption option(int letter) throws RegexSyntax {
        return switch (letter) {
            case 'i' -> RegexOption.CASELESS;
            case 'm' -> RegexOption.MULTILINE;
            case 's' -> RegexOption.DOTALL;
            case 'x' -> RegexOption.EXTENDED;
            case 'n' -> RegexOption.NO_AUTO_CAPTURE;
            case 'U' -> RegexOption.UNGREEDY;
            case 'J' -> RegexOption.DUPNAMES;
            default ->
                    throw new RegexSyntax(
                            "there is no option '(?%s'".formatted(Character.toString(letter)));
        };
    }
}
