package holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Holds statements against the keyword table: what is unknown, or has words that cannot be what
/// they should be, is complained about once and left out.
///
/// A keyword without effect yet is named in a note. What is inside a block without effect is
/// checked all the same, but not noted again.
final class Vetting {

    /// Old spellings that a test of the configuration has always let pass.
    private static final Set<String> PASSED =
            Set.of(
                    "lvs_process_name",
                    "lvs_flush_onstop",
                    "vrrp_rlimit_rtime",
                    "checker_rlimit_rtime",
                    "bfd_rlimit_rtime",
                    "enable_snmp_keepalived");

    private final KeywordTable table;
    private final Findings findings;
    private final OptionLines optionLines;

    Vetting(KeywordTable table, Findings findings) {
        this.table = table;
        this.findings = findings;
        this.optionLines = new OptionLines(table, findings);
    }

    /// What is left in the text is vetted by [#complete].
    Section root(List<Statement> statements) {
        return vet(KeywordTable.ROOT, statements, false);
    }

    /// A statement of the outermost level with what is in its block.
    Optional<Entry> complete(Entry entry) {
        return isLeft(entry.statement())
                ? vet(entry.keyword(), entry.statement(), false)
                : Optional.of(entry);
    }

    private static boolean isLeft(Statement statement) {
        return statement.block().orElse(null) instanceof PlainBlock;
    }

    private Section vet(String path, List<Statement> statements, boolean silent) {
        List<Entry> good = new ArrayList<>();
        for (Statement statement : statements) {
            Optional<Keyword> keyword = table.find(path, statement.keyword().text());
            if (keyword.isPresent() && isLeft(statement)) {
                Keyword known = keyword.get();
                good.add(new Entry(known.canonical(), known, statement, Section.EMPTY));
            } else if (keyword.isPresent()) {
                Optional<Entry> entry = vet(keyword.get(), statement, silent);
                if (entry.isPresent()) {
                    good.add(entry.get());
                }
            } else {
                unknown(path, statement);
            }
        }
        return new Section(good);
    }

    private void unknown(String path, Statement statement) {
        Word word = statement.keyword();
        List<String> names = table.of(path).stream().map(Keyword::name).toList();
        String where = path.equals(KeywordTable.ROOT) ? "" : " in " + lastOf(path);
        Diagnostic complaint =
                Diagnostic.of(
                        ErrorClass.UNKNOWN_KEYWORD,
                        word.at(),
                        "unknown keyword '" + word.text() + "'" + where);
        Optional<String> near = Nearest.of(word.text(), names);
        List<String> elsewhere = table.blocksWith(word.text());
        if (!elsewhere.isEmpty()) {
            String home = elsewhere.getFirst();
            complaint =
                    complaint.hint(
                            home.equals(KeywordTable.ROOT)
                                    ? "it belongs outside all blocks; is a '}' missing?"
                                    : "it belongs into " + lastOf(home));
        } else if (near.isPresent()) {
            complaint = complaint.hint("did you mean '" + near.get() + "'?");
        }
        findings.add(complaint);
    }

    private Optional<Entry> vet(Keyword keyword, Statement statement, boolean silent) {
        Word word = statement.keyword();
        boolean old = keyword.support() == Support.DEPRECATED;
        if (old && PASSED.contains(keyword.name())) {
            findings.note(word, instead(keyword));
        } else if (old) {
            findings.deprecated(word, instead(keyword));
        }
        boolean inert =
                silent
                        || keyword.support() == Support.IGNORED_WITH_WARNING
                        || withoutEffect(keyword);
        if (inert && !silent && !old) {
            findings.note(word, "'" + word.text() + "' is accepted but has no effect yet");
        }
        boolean wordsAreGood = wordsAreGood(keyword, statement);
        boolean good = blockIsGood(keyword, statement) && wordsAreGood;
        Section inner = inner(keyword, statement, inert);
        return good
                ? Optional.of(new Entry(keyword.canonical(), keyword, statement, inner))
                : Optional.empty();
    }

    /// An old spelling of something that has no effect either.
    private boolean withoutEffect(Keyword keyword) {
        return keyword.support() == Support.DEPRECATED
                && table.find(keyword.block(), keyword.canonical())
                        .map(now -> now.support() == Support.IGNORED_WITH_WARNING)
                        .orElse(true);
    }

    private static String instead(Keyword keyword) {
        return keyword.canonical().equals("-")
                ? "'%s' has had no effect for a long time; leave it out".formatted(keyword.name())
                : "'%s' is an old spelling; write '%s'"
                        .formatted(keyword.name(), keyword.canonical());
    }

    private boolean wordsAreGood(Keyword keyword, Statement statement) {
        Arguments arguments = keyword.reading();
        Word word = statement.keyword();
        if (arguments.lacks(statement.words()) && isQuoteOpen(statement.raw())) {
            return false; // The quote took the words, and was complained about.
        }
        if (arguments.lacks(statement.words())) {
            String message = "'%s' needs %s".formatted(word.text(), arguments);
            if (arguments.vitallyLacks(statement.words()) && !keyword.opensBlock()) {
                findings.missing(word, message);
            } else {
                findings.error(word, message);
            }
            return false;
        }
        Optional<Arguments.Wrong> wrong = arguments.wrong(statement.words());
        if (wrong.isPresent()) {
            String message = word.text() + ": " + wrong.get().complaint();
            if (wrong.get().saved()) {
                findings.warning(wrong.get().word(), message);
            } else {
                findings.error(wrong.get().word(), message);
            }
            return wrong.get().saved();
        }
        Optional<Word> more = arguments.surplus(statement.words());
        if (more.isPresent()) {
            surplus(keyword, more.get());
        }
        return true;
    }

    private static boolean isQuoteOpen(String text) {
        boolean open = false;
        for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
            open = !open;
        }
        return open;
    }

    private void surplus(Keyword keyword, Word more) {
        String message =
                keyword.isSecret()
                        ? "'%s' takes no further word".formatted(keyword.name())
                        : "'%s' takes no '%s'".formatted(keyword.name(), more.text());
        if (keyword.opensBlock()) {
            findings.error(more, message);
        } else {
            findings.note(more, message + "; it is ignored");
        }
    }

    private boolean blockIsGood(Keyword keyword, Statement statement) {
        Word word = statement.keyword();
        if (keyword.opensBlock() && statement.block().isEmpty()) {
            findings.add(ErrorClass.MISSING_OPEN, word.at(), "'" + word.text() + "' needs a block");
            return false;
        }
        if (!keyword.opensBlock() && statement.block().isPresent()) {
            findings.add(
                    ErrorClass.UNEXPECTED_OPEN,
                    statement.block().get().open(),
                    "'" + word.text() + "' takes no block");
        }
        return true;
    }

    private Section inner(Keyword keyword, Statement statement, boolean inert) {
        if (statement.block().isEmpty() || !keyword.opensBlock()) {
            return Section.EMPTY;
        }
        List<Statement> statements = statement.block().get().statements();
        if (keyword.opensLines()) {
            optionLines.check(keyword, statements, inert);
            return Section.EMPTY;
        }
        return keyword.opensWords() ? Section.EMPTY : vet(keyword.path(), statements, inert);
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
