package holdfast.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Checks the blocks whose lines are no keywords, and reads the options of such lines.
///
/// Their options have rows of their own in the keyword table, under the block's path with `#line`.
final class OptionLines {

    private final KeywordTable table;
    private final Findings findings;

    OptionLines(KeywordTable table, Findings findings) {
        this.table = table;
        this.findings = findings;
    }

    /// Checks the lines of a block. Blocks that are bound read their lines themselves, and more
    /// closely.
    ///
    /// @param inert whether nobody binds the block
    void check(Keyword keyword, List<Statement> lines, boolean inert) {
        String path = keyword.path() + "#line";
        for (Statement line : lines) {
            LineWords words = new LineWords(line);
            switch (keyword.name()) {
                case "linkbeat_interfaces", "interface_up_down_delays" ->
                        head(path, "(interface)", words);
                default -> {}
            }
            if (inert && !table.has(path) && line.words().size() > MOST_WORDS) {
                findings.note(line.keyword(), "this line is longer than any that has a meaning");
            }
        }
    }

    private static final int MOST_WORDS = 100;

    private void head(String path, String name, LineWords words) {
        Keyword row = table.find(path, name).orElseThrow();
        Arguments arguments = row.reading();
        arguments
                .wrong(words.rest())
                .ifPresent(wrong -> findings.error(wrong.word(), wrong.complaint()));
    }

    /// Takes the value of an option, if it has one. False if it is not what it should be.
    static boolean value(Keyword row, Word option, LineWords words, Findings findings) {
        if (row.arguments().equals("-")) {
            return true;
        }
        for (String kind : row.arguments().split(" ", -1)) {
            if (!words.hasNext()) {
                findings.error(option, "'" + option.text() + "' needs a value");
                return false;
            }
            Word value = words.next();
            Scalar<?> read = WordKind.of(kind).read(value.text());
            if (read.complaint().isPresent()) {
                findings.error(value, option.text() + ": " + read.complaint().get());
                return false;
            }
        }
        return true;
    }

    static void unknown(Collection<Keyword> rows, Word option, Findings findings) {
        List<String> names =
                rows.stream().map(Keyword::name).filter(name -> !name.startsWith("(")).toList();
        String message = "unknown option '" + option.text() + "'";
        Optional<String> near = Nearest.of(option.text(), names);
        if (near.isPresent()) {
            findings.error(option, message, "did you mean '" + near.get() + "'?");
        } else {
            findings.error(option, message);
        }
    }
}
