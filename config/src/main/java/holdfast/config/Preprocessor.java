package holdfast.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns files into plain lines: comments, conditions, definitions, loops, and includes are dealt
/// with here, and lines are cut at braces (configuration language specification, section 2).
///
/// Pulled from by the parser, since a statement may change how later includes are checked. Confined
/// to one thread.
final class Preprocessor {

    /// What is left for the parser: a line without braces outside quotes, or a brace.
    sealed interface Piece {
        record Text(Line line) implements Piece {}

        record Open(Diagnostic.Span at) implements Piece {}

        record Close(Diagnostic.Span at) implements Piece {}
    }

    /// How much a text may ask for.
    ///
    /// @param lines how many lines it may become
    /// @param depth how many includes, loops, and definitions may wait for each other
    /// @param replacements how many names may be replaced by their values
    record Limits(int lines, int depth, int replacements) {
        /// Room for some 65,000 instances, written as one loop.
        static final Limits USUAL = new Limits(1_500_000, 100, 10_000_000);
    }

    /// Keepalived's buffer for a line, and so what its users' files keep to.
    static final int LINE_LENGTH_MAX = 1022;

    private static final Pattern CONDITION = Pattern.compile("@(\\^?)([^ \\t]*)(?:[ \\t]+(.*))?");
    private static final Pattern DEFINITION =
            Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)=[ \\t]*");
    private static final Pattern INCLUDE = Pattern.compile("(include[a-z]?)[ \\t]+");

    private final Reading reading;
    private final Limits limits;
    private final Complaints complaints;
    private final Definitions definitions;
    private final Includes includes;
    private final ArrayDeque<Source> sources = new ArrayDeque<>();
    private Set<IncludeCheck> checks;
    private Optional<Line> residue = Optional.empty();
    private int lineCount;

    Preprocessor(
            Reading reading,
            Limits limits,
            Definitions definitions,
            Includes includes,
            Complaints complaints) {
        this.reading = reading;
        this.limits = limits;
        this.definitions = definitions;
        this.includes = includes;
        this.complaints = complaints;
        this.checks = reading.strictIncludes() ? IncludeCheck.all() : IncludeCheck.none();
    }

    /// Starts with the top file.
    void begin(Includes.Opened top) {
        sources.push(new Source.File(top, Optional.empty()));
    }

    /// Takes note of an `include_check` statement.
    void check(List<Word> words) {
        checks = IncludeCheck.after(checks, words, complaints);
    }

    /// Takes note of a `random_seed` statement; whether its words are right is said elsewhere.
    void seed(List<Word> words) {
        if (!words.isEmpty()) {
            Scalars.integer(words.getFirst().text(), 0, 0xffff_ffffL)
                    .value()
                    .ifPresent(definitions::seed);
        }
    }

    /// The next piece; empty at the end of everything.
    Optional<Piece> next() {
        while (true) {
            Optional<Line> taken = take();
            if (taken.isEmpty()) {
                return Optional.empty();
            }
            Optional<Line> plain = plain(taken.get());
            if (plain.isPresent() && !include(plain.get())) {
                return Optional.of(cut(plain.get()));
            }
        }
    }

    /// The rest of the block whose opening brace was the last piece, if that is plain and all of it
    /// is in the same file; it counts as read then.
    ///
    /// @param headColumn where the keyword of the block stands
    /// @param depthMax how many blocks may be in each other in it
    Optional<Statement.Block> plainBlock(Diagnostic.Span open, int headColumn, int depthMax) {
        if (residue.isPresent() || !(sources.peek() instanceof Source.File file)) {
            return Optional.empty();
        }
        Optional<PlainBlock> block =
                file.plainBlock(open, headColumn, depthMax, limits.lines() - lineCount);
        if (block.isEmpty()) {
            return Optional.empty();
        }
        lineCount += block.get().lines();
        return Optional.of(block.get());
    }

    /// The next line without its comment; empty when there is none, or enough is enough.
    private Optional<Line> take() {
        if (residue.isPresent()) {
            Optional<Line> rest = residue;
            residue = Optional.empty();
            return rest;
        }
        while (!sources.isEmpty()) {
            boolean written = sources.element() instanceof Source.File;
            Optional<Line> line = sources.element().next();
            if (line.isEmpty()) {
                finish(sources.pop());
                continue;
            }
            if (++lineCount > limits.lines()) {
                return giveUp(line.get(), "this becomes more than %d lines", limits.lines());
            }
            if (!written) {
                return line;
            }
            if (isSound(line.get())) {
                return Optional.of(Comments.remove(line.get(), complaints));
            }
        }
        return Optional.empty();
    }

    private Optional<Line> giveUp(Line line, String message, int limit) {
        complaints.add(ErrorClass.GENERAL, line.span(), message.formatted(limit));
        sources.clear();
        return Optional.empty();
    }

    private void finish(Source source) {
        if (source instanceof Source.File file) {
            checks = file.checksAfter().orElse(checks);
        }
    }

    private boolean isSound(Line line) {
        if (line.length() > LINE_LENGTH_MAX) {
            complaints.add(
                    ErrorClass.GENERAL,
                    line.span(),
                    "this line has %d letters, and %d are too many; it is left out"
                            .formatted(line.length(), LINE_LENGTH_MAX + 1));
            return false;
        }
        int zero = line.text().indexOf('\0');
        if (zero >= 0) {
            complaints.add(
                    ErrorClass.GENERAL,
                    line.span(zero, zero + 1),
                    "this line holds a zero byte; it is left out");
        }
        return zero < 0;
    }

    /// Works off all that is not plain text; empty if nothing is left to say.
    private Optional<Line> plain(Line taken) {
        Line line = taken.strip();
        for (int turns = 0; turns < LINE_LENGTH_MAX; turns++) {
            if (line.isEmpty() || define(line) || loop(line)) {
                return Optional.empty();
            }
            if (line.at(0) == '@') {
                line = conditional(line);
                continue;
            }
            if (line.text().indexOf('$') < 0) {
                return Optional.of(line);
            }
            Definitions.Expanded expanded = definitions.expand(line, directory(), true);
            if (!expanded.rest().isEmpty()) {
                push(new Source.Rest(expanded.rest()), line);
            }
            if (!expanded.changed()) {
                return Optional.of(line);
            }
            line = expanded.line().strip();
        }
        return giveUp(line, "this needs more than %d turns to become plain text", LINE_LENGTH_MAX);
    }

    /// What a condition leaves of its line.
    private Line conditional(Line line) {
        Matcher condition = CONDITION.matcher(line.text());
        if (!condition.matches() || condition.end(2) == line.length()) {
            return line.from(line.length());
        }
        boolean wanted = condition.group(1).isEmpty();
        boolean same =
                !reading.configId().isEmpty() && condition.group(2).equals(reading.configId());
        return line.from(same == wanted ? condition.end(2) : line.length()).strip();
    }

    private boolean define(Line line) {
        if (line.at(0) != '$') {
            return false;
        }
        Matcher definition = DEFINITION.matcher(line.text());
        if (!definition.lookingAt()) {
            return false;
        }
        String value = line.text().substring(definition.end());
        if (value.endsWith("\\")) {
            definitions.define(definition.group(1), furtherLines(value));
        } else {
            definitions.define(definition.group(1), value);
        }
        return true;
    }

    /// The lines of a definition: each ends in a backslash but the last.
    private List<String> furtherLines(String first) {
        List<String> lines = new ArrayList<>();
        String text = first;
        while (true) {
            boolean more = text.endsWith("\\");
            String kept = (more ? text.substring(0, text.length() - 1) : text).strip();
            if (!kept.isEmpty()) {
                lines.add(kept);
            }
            Optional<Line> next = more ? nextOfDefinition() : Optional.empty();
            if (next.isEmpty()) {
                return lines.isEmpty() ? List.of("") : lines;
            }
            text = next.get().text();
        }
    }

    /// The next line with something in it; an empty one ends the definition.
    private Optional<Line> nextOfDefinition() {
        while (!sources.isEmpty()) {
            boolean written = sources.element() instanceof Source.File;
            Optional<Line> line = sources.element().next();
            boolean ended = line.isEmpty() || line.get().isEmpty();
            if (ended || ++lineCount > limits.lines()) {
                return Optional.empty();
            }
            if (written && !isSound(line.get())) {
                continue;
            }
            Line kept = written ? Comments.remove(line.get(), complaints) : line.get();
            if (!kept.isEmpty()) {
                return Optional.of(kept);
            }
        }
        return Optional.empty();
    }

    private boolean loop(Line line) {
        if (!Loop.isAt(line)) {
            return false;
        }
        switch (Loop.parse(line, definitions, directory())) {
            case Loop.Read.Bad(String reason) ->
                    complaints.add(ErrorClass.GENERAL, line.span(), reason);
            case Loop.Read.Good(Loop loop) -> {
                if (!loop.text().isEmpty()) {
                    push(new Source.Rounds(loop, definitions), line);
                }
            }
        }
        return true;
    }

    private boolean include(Line line) {
        if (!line.text().startsWith("include")) {
            return false;
        }
        Matcher include = INCLUDE.matcher(line.text());
        Optional<Set<IncludeCheck>> asked =
                include.lookingAt() ? IncludeCheck.ofKeyword(include.group(1)) : Optional.empty();
        if (asked.isEmpty()) {
            return false;
        }
        Set<IncludeCheck> before = checks;
        Set<IncludeCheck> strict = new HashSet<>(before);
        strict.addAll(asked.get());
        List<Includes.Opened> opened =
                includes.open(
                        line.text().substring(include.end()),
                        strict,
                        directory(),
                        line.span(include.end(), line.length()));
        for (int i = opened.size() - 1; i >= 0; i--) {
            boolean last = i == opened.size() - 1;
            Optional<Set<IncludeCheck>> after = last ? Optional.of(before) : Optional.empty();
            push(new Source.File(opened.get(i), after), line);
        }
        return true;
    }

    private void push(Source source, Line line) {
        sources.push(source);
        if (sources.size() > limits.depth()) {
            giveUp(
                    line,
                    "more than %d includes, loops and definitions in each other",
                    limits.depth());
        }
    }

    /// The directory of the innermost file.
    private String directory() {
        for (Source source : sources) {
            if (source instanceof Source.File file) {
                return file.directory();
            }
        }
        return reading.directory();
    }

    /// The first piece of a line; the rest is put back.
    private Piece cut(Line line) {
        int brace = brace(line);
        if (brace < 0) {
            return new Piece.Text(line);
        }
        int end = brace == 0 ? 1 : brace;
        Line rest = line.from(end).strip();
        residue = rest.isEmpty() ? Optional.empty() : Optional.of(rest);
        if (brace > 0) {
            return new Piece.Text(line.between(0, brace).strip());
        }
        Diagnostic.Span at = line.span(0, 1);
        return line.at(0) == '{' ? new Piece.Open(at) : new Piece.Close(at);
    }

    /// The first brace outside quotes that does not belong to a name; -1 if there is none.
    private int brace(Line line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.at(i);
            if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && (letter == '{' || letter == '}')) {
                return i;
            } else if (!quoted && letter == '$') {
                int end = Definitions.endOfReference(line.text(), i);
                if (end > 0) {
                    complaints.add(
                            ErrorClass.GENERAL,
                            line.span(i, end),
                            "'%s' is not defined".formatted(line.text().substring(i, end)));
                    i = end - 1;
                }
            }
        }
        return -1;
    }
}
