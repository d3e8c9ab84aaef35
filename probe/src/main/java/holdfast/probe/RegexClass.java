package holdfast.probe;

import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// What stands in square brackets. Used once, behind the bracket that opens.
final class RegexClass {

    private final RegexReader in;
    private final Set<RegexOption> options;
    private final RegexEscape escapes;
    private IntPredicate set = _ -> false;

    /// The end of a range that may begin with the letter before; negative where none can.
    private int last = -1;

    RegexClass(RegexReader in, Set<RegexOption> options) {
        this.in = in;
        this.options = options;
        this.escapes = new RegexEscape(in, options, new RegexNames());
    }

    Letters read() throws RegexSyntax {
        boolean negated = in.takes('^');
        boolean first = !options.contains(RegexOption.ALLOW_EMPTY_CLASS);
        while (first || !in.at(']')) {
            first = false;
            part();
        }
        in.next();
        boolean unicode = options.contains(RegexOption.UTF) || options.contains(RegexOption.UCP);
        IntPredicate whole =
                options.contains(RegexOption.CASELESS) ? Letters.caseless(set, unicode) : set;
        return new Letters(negated ? whole.negate() : whole);
    }

    private void part() throws RegexSyntax {
        String posix = in.posix();
        if (!posix.isEmpty()) {
            addSet(posix(posix));
            return;
        }
        int letter = in.next();
        if (letter == '\\') {
            escape();
        } else if (letter == '-' && last >= 0 && !in.at(']')) {
            range();
        } else {
            single(letter);
        }
    }

    private void add(IntPredicate more) {
        set = set.or(more);
        last = -1;
    }

    /// No range may begin with it.
    private void addSet(IntPredicate more) throws RegexSyntax {
        add(more);
        RegexReader.Mark mark = in.mark();
        if (in.takes('-') && !in.at(']')) {
            throw noRange();
        }
        in.reset(mark);
    }

    private void single(int letter) {
        set = set.or(other -> other == letter);
        last = letter;
    }

    private void escape() throws RegexSyntax {
        if (in.takes('Q')) {
            for (int letter : in.quoted()) {
                single(letter);
            }
        } else if (!in.takes('E')) {
            Optional<IntPredicate> known = escapes.set();
            if (known.isPresent()) {
                addSet(known.get());
            } else {
                single(code());
            }
        }
    }

    private int code() throws RegexSyntax {
        if (in.takes('b')) {
            return '\b';
        }
        int octal = in.code(8, 3);
        return octal >= 0 ? octal & 0xff : escapes.code();
    }

    private void range() throws RegexSyntax {
        int from = last;
        if (!in.posix().isEmpty()) {
            throw noRange();
        }
        int to = in.next();
        if (to == '\\') {
            if (escapes.set().isPresent()) {
                throw noRange();
            }
            to = code();
        }
        if (to < from) {
            throw new RegexSyntax("a range of letters runs backwards");
        }
        int end = to;
        add(letter -> letter >= from && letter <= end);
    }

    private static RegexSyntax noRange() {
        return new RegexSyntax("a range of letters begins or ends with a set");
    }

    private IntPredicate posix(String name) throws RegexSyntax {
        boolean inverse = name.startsWith("^");
        IntPredicate known =
                options.contains(RegexOption.UCP)
                        ? unicode(inverse ? name.substring(1) : name)
                        : plain(inverse ? name.substring(1) : name);
        return inverse ? known.negate() : known;
    }

    private static IntPredicate plain(String name) throws RegexSyntax {
        return switch (name) {
            case "alnum" -> letter -> Letters.isWord(letter) && letter != '_';
            case "alpha" ->
                    letter -> Letters.isWord(letter) && letter != '_' && !Letters.isDigit(letter);
            case "ascii" -> letter -> letter < 128;
            case "blank" -> letter -> letter == ' ' || letter == '\t';
            case "cntrl" -> letter -> letter < ' ' || letter == 127;
            case "digit" -> Letters::isDigit;
            case "graph" -> letter -> letter > ' ' && letter < 127;
            case "lower" -> letter -> letter >= 'a' && letter <= 'z';
            case "print" -> letter -> letter >= ' ' && letter < 127;
            case "punct" ->
                    letter ->
                            letter > ' '
                                    && letter < 127
                                    && (!Letters.isWord(letter) || letter == '_');
            case "space" -> Letters::isSpace;
            case "upper" -> letter -> letter >= 'A' && letter <= 'Z';
            case "word" -> Letters::isWord;
            case "xdigit" ->
                    letter ->
                            Letters.isDigit(letter)
                                    || letter >= 'a' && letter <= 'f'
                                    || letter >= 'A' && letter <= 'F';
            default -> throw new RegexSyntax("there is no class [:" + name + ":]");
        };
    }

    private static IntPredicate unicode(String name) throws RegexSyntax {
        return switch (name) {
            case "alnum" -> LetterProperties.of("Xan");
            case "alpha" -> LetterProperties.of("L");
            case "digit" -> LetterProperties.of("Nd");
            case "lower" -> LetterProperties.of("Ll");
            case "space" -> LetterProperties.of("Xps");
            case "upper" -> LetterProperties.of("Lu");
            case "word" -> LetterProperties.of("Xwd");
            case "punct" -> {
                IntPredicate punctuation = LetterProperties.of("P");
                IntPredicate symbol = LetterProperties.of("S");
                yield letter -> punctuation.test(letter) || letter < 128 && symbol.test(letter);
            }
            default -> plain(name);
        };
    }
}
