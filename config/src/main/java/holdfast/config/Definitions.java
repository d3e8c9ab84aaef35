package holdfast.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `$NAME` and `${NAME}` stand for (configuration language specification, section 8).
///
/// Confined to one thread. Values are looked up when they are used, so a value may hold further
/// names.
final class Definitions {

    /// A line with its names replaced.
    ///
    /// @param rest the further lines of a definition of several lines, which come next
    record Expanded(Line line, List<Line> rest, boolean changed) {}

    /// The reference ends at `end`; `words` are what follows the name inside braces.
    private record Reference(String name, List<String> words, int end) {}

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// No honest line needs more, and a definition that names itself needs no end.
    private static final int REPLACEMENTS_PER_LINE_MAX = 600;

    private static final Pattern IN_BRACES =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)([ \\t][^{}$]*)?\\}");
    private static final Pattern PLAIN =
            Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)(?=[ \\t,)]|$)");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    private static final long RANDOM_MAX = 32767;

    private final Map<String, List<String>> values = new HashMap<>();
    private final String configId;
    private final Function<String, Optional<String>> environment;
    private Dice dice;
    private final Complaints complaints;
    private int replacementsLeft;

    Definitions(
            String configId,
            int replacementsMax,
            Function<String, Optional<String>> environment,
            Dice dice,
            Complaints complaints) {
        this.configId = configId;
        this.replacementsLeft = replacementsMax;
        this.environment = environment;
        this.dice = dice;
        this.complaints = complaints;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// From now on chance comes from this seed.
    void seed(long seed) {
        dice = new Dice(seed);
    }

    void define(String name, String value) {
        values.put(name, List.of(value));
    }

    void define(String name, List<String> lines) {
        values.put(name, List.copyOf(lines));
    }

    /// Replaces until nothing is left to replace. A definition of several lines is replaced only
    /// where it ends the line. Nothing is left of a line that cannot be replaced as it asks.
    Expanded expand(Line line, String directory, boolean severalLines) {
        Line now = line;
        List<Line> rest = new ArrayList<>();
        int replaced = 0;
        int at = now.text().indexOf('$');
        while (at >= 0) {
            Optional<Reference> reference = reference(now.text(), at);
            int end = reference.map(Reference::end).orElse(at);
            List<String> value = List.of();
            if (reference.isPresent()) {
                value = value(reference.get(), now.span(at, end), directory);
            }
            boolean fits = value.size() == 1 || severalLines && end == now.length();
            if (value.isEmpty() || !fits) {
                at = now.text().indexOf('$', at + 1);
                continue;
            }
            if (refuses(now, at, end, value.getFirst(), replaced++)) {
                return new Expanded(line.from(line.length()), List.of(), true);
            }
            for (int i = value.size() - 1; i > 0; i--) {
                rest.addFirst(now.inPlaceOf(at, value.get(i)));
            }
            now = now.replace(at, end, value.getFirst());
            // What came in may complete the name that an earlier `$` begins.
            at = now.text().indexOf('$', Math.max(0, now.text().lastIndexOf('$', at - 1)));
        }
        return new Expanded(now, List.copyOf(rest), replaced > 0);
    }

    private boolean refuses(Line line, int at, int end, String value, int replaced) {
        if (replaced >= REPLACEMENTS_PER_LINE_MAX || --replacementsLeft < 0) {
            complaints.add(
                    ErrorClass.GENERAL,
                    line.span(at, end),
                    "this definition does not end, the line is left out: does it name itself?");
            return true;
        }
        if (line.length() - (end - at) + value.length() > Preprocessor.LINE_LENGTH_MAX) {
            complaints.add(
                    ErrorClass.GENERAL,
                    line.span(at, end),
                    "the line is left out, since with this replaced it has more than %d letters"
                            .formatted(Preprocessor.LINE_LENGTH_MAX));
            return true;
        }
        return false;
    }

    private static Optional<Reference> reference(String text, int at) {
        Matcher braces = IN_BRACES.matcher(text).region(at, text.length());
        if (braces.lookingAt()) {
            String words = Optional.ofNullable(braces.group(2)).orElse("").strip();
            List<String> split = words.isEmpty() ? List.of() : List.of(words.split("[ \\t]+"));
            return Optional.of(new Reference(braces.group(1), split, braces.end()));
        }
        Matcher plain = PLAIN.matcher(text).region(at, text.length());
        return plain.lookingAt()
                ? Optional.of(new Reference(plain.group(1), List.of(), plain.end()))
                : Optional.empty();
    }

    /// The end of a `${...}` that begins at `at`, whether it is defined or not; -1 for other text.
    static int endOfReference(String text, int at) {
        Matcher braces = IN_BRACES.matcher(text).region(at, text.length());
        return braces.lookingAt() ? braces.end() : -1;
    }

    /// The lines of a value; none for a name that nothing is known of.
    private List<String> value(Reference reference, Diagnostic.Span at, String directory) {
        List<String> words = reference.words();
        List<String> own = values.get(reference.name());
        if (own != null) {
            return words.isEmpty() ? own : List.of();
        }
        return switch (reference.name()) {
            case "_PWD" -> words.isEmpty() ? List.of(directory) : List.of();
            case "_INSTANCE" -> words.isEmpty() ? List.of(configId) : List.of();
            case "_HASH" -> words.isEmpty() ? List.of("#") : List.of();
            case "_BANG" -> words.isEmpty() ? List.of("!") : List.of();
            case "_RANDOM" -> List.of(random(words, at));
            case "_ENV" -> List.of(fromEnvironment(words, at));
            default -> List.of();
        };
    }

    private String fromEnvironment(List<String> words, Diagnostic.Span at) {
        if (words.size() != 1) {
            complaints.add(ErrorClass.GENERAL, at, "_ENV takes the name of one variable");
            return "";
        }
        String value = environment.apply(words.getFirst()).orElse("");
        return value.lines().findFirst().orElse("").replace('\0', ' ');
    }

    private String random(List<String> words, Diagnostic.Span at) {
        boolean numbers = words.stream().allMatch(word -> DIGITS.matcher(word).matches());
        if (!numbers || words.size() > 2) {
            complaints.add(
                    ErrorClass.GENERAL, at, "_RANDOM takes at most two numbers: [MIN [MAX]]");
            return "0";
        }
        long min = words.isEmpty() ? 0 : Long.parseLong(words.getFirst());
        long max = words.size() < 2 ? Math.max(min, RANDOM_MAX) : Long.parseLong(words.get(1));
        if (min > max) {
            complaints.add(
                    ErrorClass.GENERAL,
                    at,
                    "_RANDOM from %d to %d has no values".formatted(min, max));
            return Long.toString(min);
        }
        return Long.toString(dice.between(min, max));
    }
}
