package holdfast.probe;

import holdfast.probe.RegexNode.At;
import holdfast.probe.RegexNode.Atomic;
import holdfast.probe.RegexNode.Back;
import holdfast.probe.RegexNode.Choice;
import holdfast.probe.RegexNode.One;
import holdfast.probe.RegexNode.Place;
import holdfast.probe.RegexNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// What a backslash begins.
final class RegexEscape {

    private static final int CODE_MAX = Character.MAX_CODE_POINT;
    private static final int GROUPS_MAX = 65_535;

    private final RegexReader in;
    private final Set<RegexOption> options;
    private final RegexNames names;

    RegexEscape(RegexReader in, Set<RegexOption> options, RegexNames names) {
        this.in = in;
        this.options = options;
        this.names = names;
    }

    private boolean has(RegexOption option) {
        return options.contains(option);
    }

    private boolean unicode() {
        return has(RegexOption.UTF) || has(RegexOption.UCP);
    }

    /// @param groups how many groups stand before
    RegexNode read(int groups) throws RegexSyntax {
        int letter = in.next();
        boolean ucp = has(RegexOption.UCP);
        return switch (letter) {
            case 'A' -> new At(Place.TEXT_START);
            case 'z' -> new At(Place.TEXT_END);
            case 'Z' -> new At(Place.LAST_LINE_END);
            case 'G' -> new At(Place.SEARCH_START);
            case 'b' -> new At(ucp ? Place.UNICODE_WORD_EDGE : Place.WORD_EDGE);
            case 'B' -> new At(ucp ? Place.NO_UNICODE_WORD_EDGE : Place.NO_WORD_EDGE);
            case 'K' -> new Sequence(List.of()); // Moves only what is called the match.
            case 'N' -> new One(new Letters(any -> any != '\n'));
            case 'R' -> lineBreak();
            case 'C' -> {
                if (has(RegexOption.NEVER_BACKSLASH_C) || has(RegexOption.UTF)) {
                    throw new RegexSyntax("\\C is not understood here");
                }
                yield new One(new Letters(_ -> true));
            }
            case 'X' -> throw new RegexSyntax("\\X is not understood");
            case 'g' -> numbered(groups);
            case 'k' -> named();
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                in.back();
                yield digits(groups);
            }
            default -> {
                in.back();
                IntPredicate set = set().orElse(null);
                if (set != null) {
                    yield new One(new Letters(set));
                }
                int code = code();
                yield literal(code);
            }
        };
    }

    private RegexNode literal(int code) {
        IntPredicate set = letter -> letter == code;
        return new One(
                new Letters(has(RegexOption.CASELESS) ? Letters.caseless(set, unicode()) : set));
    }

    /// `\R`: any line break, and CR LF as one.
    private static RegexNode lineBreak() {
        RegexNode both =
                new Sequence(
                        List.of(
                                new One(new Letters(letter -> letter == '\r')),
                                new One(new Letters(letter -> letter == '\n'))));
        return new Atomic(new Choice(List.of(both, new One(new Letters(Letters::isVertical)))));
    }

    private RegexNode back(List<Integer> groups) {
        return new Back(groups, has(RegexOption.CASELESS));
    }

    private RegexNode numbered(int groups) throws RegexSyntax {
        if (in.at('<') || in.at('\'')) {
            throw new RegexSyntax("patterns that call themselves are not understood");
        }
        String word;
        if (in.takes('{')) {
            word = in.braced();
        } else {
            boolean relative = in.takes('-');
            word = (relative ? "-" : "") + in.code(10, 5);
        }
        boolean relative = word.startsWith("-");
        String digits = relative ? word.substring(1) : word;
        if (digits.isEmpty() || !digits.chars().allMatch(Letters::isDigit)) {
            return back(names.groups(word));
        }
        int number = RegexReader.number(digits, GROUPS_MAX);
        int group = relative ? groups + 1 - number : number;
        if (group < 1) {
            throw new RegexSyntax("there is no group " + word);
        }
        names.need(group);
        return back(List.of(group));
    }

    private RegexNode named() throws RegexSyntax {
        int open = in.next();
        int close =
                switch (open) {
                    case '<' -> '>';
                    case '\'' -> '\'';
                    case '{' -> '}';
                    default -> throw new RegexSyntax("\\k needs a name");
                };
        return back(names.groups(in.name(close)));
    }

    /// A group before, a group at all below ten, or else a letter in octal.
    private RegexNode digits(int groups) throws RegexSyntax {
        RegexReader.Mark mark = in.mark();
        int number = in.code(10, 5);
        if (number < 10 || number <= groups) {
            names.need(number);
            return back(List.of(number));
        }
        in.reset(mark);
        int code = in.code(8, 3);
        return literal(code < 0 ? in.next() : code & 0xff);
    }

    /// A set of letters such as `\d`; empty if something else begins here.
    Optional<IntPredicate> set() throws RegexSyntax {
        int letter = in.next();
        boolean ucp = has(RegexOption.UCP);
        IntPredicate digit = ucp ? Character::isDigit : Letters::isDigit;
        IntPredicate word = ucp ? Letters::isUnicodeWord : Letters::isWord;
        IntPredicate space = ucp ? Letters::isUnicodeSpace : Letters::isSpace;
        IntPredicate horizontal = Letters::isHorizontal;
        IntPredicate vertical = Letters::isVertical;
        return switch (letter) {
            case 'd' -> Optional.of(digit);
            case 'D' -> Optional.of(digit.negate());
            case 'w' -> Optional.of(word);
            case 'W' -> Optional.of(word.negate());
            case 's' -> Optional.of(space);
            case 'S' -> Optional.of(space.negate());
            case 'h' -> Optional.of(horizontal);
            case 'H' -> Optional.of(horizontal.negate());
            case 'v' -> Optional.of(vertical);
            case 'V' -> Optional.of(vertical.negate());
            case 'p' -> Optional.of(property(false));
            case 'P' -> Optional.of(property(true));
            default -> {
                in.back();
                yield Optional.empty();
            }
        };
    }

    private IntPredicate property(boolean negated) throws RegexSyntax {
        String name = in.takes('{') ? in.braced() : Character.toString(in.next());
        boolean inverse = name.startsWith("^");
        IntPredicate set = LetterProperties.of(inverse ? name.substring(1) : name);
        return negated == inverse ? set : set.negate();
    }

    /// The letter that an escape stands for.
    int code() throws RegexSyntax {
        int letter = in.next();
        boolean script = has(RegexOption.ALT_BSUX);
        return switch (letter) {
            case 'a' -> 7;
            case 'e' -> 0x1b;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'c' -> Character.toUpperCase(in.next()) ^ 0x40;
            case 'o' -> bounded(braces(8));
            case '0' -> Math.max(0, in.code(8, 2));
            case 'x' -> {
                if (script) {
                    yield exactly(2, letter);
                }
                yield in.at('{') ? bounded(braces(16)) : Math.max(0, in.code(16, 2));
            }
            case 'u' -> {
                if (!script) {
                    throw new RegexSyntax("\\u is not understood; write \\x{...}");
                }
                yield exactly(4, letter);
            }
            case 'U', 'l', 'L' -> {
                if (script && letter == 'U') {
                    yield letter;
                }
                throw new RegexSyntax("\\" + (char) letter + " is not understood");
            }
            default -> {
                if (letter < 128 && Letters.isWord(letter) && letter != '_') {
                    throw new RegexSyntax("\\" + (char) letter + " is not understood");
                }
                yield letter;
            }
        };
    }

    /// As in JavaScript: so many digits, or else the letter itself.
    private int exactly(int count, int letter) {
        RegexReader.Mark mark = in.mark();
        int code = 0;
        for (int i = 0; i < count; i++) {
            int digit = in.code(16, 1);
            if (digit < 0) {
                in.reset(mark);
                return letter;
            }
            code = code * 16 + digit;
        }
        return code;
    }

    private int braces(int base) throws RegexSyntax {
        if (!in.takes('{')) {
            throw new RegexSyntax("a code needs braces");
        }
        String digits = in.braced().strip();
        try {
            return Integer.parseInt(digits, base);
        } catch (NumberFormatException _) {
            throw new RegexSyntax("'" + digits + "' is no code of a letter");
        }
    }

    private int bounded(int code) throws RegexSyntax {
        if (code < 0 || code > (has(RegexOption.UTF) ? CODE_MAX : 0xff)) {
            throw new RegexSyntax("there is no letter of code " + code);
        }
        return code;
    }
}
