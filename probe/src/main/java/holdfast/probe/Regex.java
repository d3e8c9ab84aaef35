package holdfast.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// A pattern in the language of PCRE2, which is looked for with bounded effort.
///
/// Java has patterns too, but those of another language, on letters instead of octets, and nothing
/// there keeps one from taking longer than anybody lives, or all of the stack. Here each step
/// counts, and what is remembered for later has a limit. Immutable.
public final class Regex {

    /// What comes of a search.
    public enum Answer {
        FOUND,
        NOT_FOUND,
        /// Too many steps, or too much to remember.
        EXHAUSTED
    }

    /// What a search may cost at most.
    ///
    /// @param stackBytes for what is to be tried later
    public record Effort(long steps, int stackBytes) {

        /// As many steps as PCRE2 takes; less than half a second.
        public static final Effort USUAL = new Effort(10_000_000, 4 << 20);

        private static final int STACK_LEAST = 64 << 10;
        private static final int STACK_MOST = 64 << 20;

        /// With a stack as `regex_stack` wants it, within reason.
        public static Effort ofStack(long bytes) {
            return new Effort(USUAL.steps(), Math.clamp(bytes, STACK_LEAST, STACK_MOST));
        }
    }

    private final RegexProgram program;
    private final Set<RegexOption> options;

    private Regex(RegexProgram program, Set<RegexOption> options) {
        this.program = program;
        this.options = options;
    }

    /// @param pattern which is UTF-8 to PCRE2; its octets count one by one without that option
    /// @throws IllegalArgumentException if it is none, see [#complaint]
    public static Regex of(String pattern, Set<RegexOption> options) {
        try {
            return read(pattern, options);
        } catch (RegexSyntax e) {
            throw new IllegalArgumentException(e.message(), e);
        }
    }

    /// What is wrong with a pattern, in the middle of a sentence; empty if nothing is.
    public static Optional<String> complaint(String pattern, Set<RegexOption> options) {
        try {
            Regex unused = read(pattern, options);
            return Optional.empty();
        } catch (RegexSyntax e) {
            return Optional.of(e.message());
        }
    }

    private static Regex read(String pattern, Set<RegexOption> options) throws RegexSyntax {
        RegexPreamble preamble = RegexPreamble.of(pattern, options);
        boolean utf = preamble.options().contains(RegexOption.UTF);
        int[] letters =
                utf
                        ? preamble.pattern().codePoints().toArray()
                        : octets(preamble.pattern().getBytes(StandardCharsets.UTF_8));
        RegexParser parser = new RegexParser(letters, preamble.options());
        RegexNode node = parser.parse();
        return new Regex(
                RegexProgram.of(node, parser.groups(), preamble.options()), preamble.options());
    }

    private static int[] octets(byte[] text) {
        int[] octets = new int[text.length];
        Arrays.setAll(octets, i -> text[i] & 0xff);
        return octets;
    }

    /// Looks for the pattern in a part of a text.
    ///
    /// @param begins whether this is the beginning of the whole text
    /// @param from the first octet where a match may start
    /// @param last the last one
    public Answer search(byte[] text, boolean begins, int from, int last, Effort effort) {
        if (from > text.length) {
            return Answer.NOT_FOUND;
        }
        int end = Math.min(last, text.length);
        if (options.contains(RegexOption.UTF)) {
            Utf8 decoded = Utf8.codePoints(text);
            return new RegexMatcher(program, decoded.letters(), begins, effort)
                    .search(decoded.indexOf(from), decoded.indexAtMost(end));
        }
        return new RegexMatcher(program, octets(text), begins, effort).search(from, end);
    }
}
