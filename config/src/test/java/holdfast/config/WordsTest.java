package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void ordinaryWordsKnowOnlyDoubleQuotes() {
        assertReads("[ab][cd e][f]", Words.ordinary(line("ab\"cd e\" f")));
        assertReads("[it's][]", Words.ordinary(line("it's \"\"")));
        assertReads("[a\\][b]", Words.ordinary(line("\"a\\\" b \"c")));
        assertReads("[a][b][c]", Words.ordinary(line("a\tb\fc\r")));
    }

    @Test
    void piecesOfAScriptLineJoin() {
        assertReads("[ab cd]", quoted("a\"b c\"d"));
        assertReads("[/bin/x 'a b' c][user]", quoted("\"/bin/x 'a b' c\" user"));
        assertReads("[a\\\" b][c\\n]", quoted("'a\\\" b' c\\n"));
        assertReads("[a\\ b]", quoted("a\\ b"));
        assertEquals(
                Optional.of("a quote is not closed"), Words.quoted(statement("'a")).complaint());
    }

    @Test
    void escapesBecomeLetters() {
        assertReads("[\u0007\b\u001b\f\n\r\t\u000b]", escaped("\\a\\b\\E\\f\\n\\r\\t\\v"));
        assertReads("[AJx\u0003c]", escaped("\\x41\\x4a\\x\\cC\\c"));
        assertReads("[A\u00ff8q]", escaped("\\101\\3778\\q"));
        assertReads("[\\]", escaped("\\"));
    }

    @Test
    void aCommandIsSplitASecondTime() {
        assertEquals(
                Optional.of(List.of("/bin/x", "a b", "c\td")),
                Words.arguments("/bin/x 'a b' c\\td").value());
        assertEquals(Optional.empty(), Words.arguments("/bin/x 'a b").value());
    }

    @Test
    void wordsOfAScriptLineKnowTheirPlace() {
        Line line = line("    notify   \"/bin/x y\"  'a b' c").strip();
        Statement statement = statementOf(line);
        assertEquals(
                "14+10 26+5 32+1",
                Words.quoted(statement).value().orElseThrow().stream()
                        .map(word -> word.at().column() + "+" + word.at().length())
                        .collect(Collectors.joining(" ")));
    }

    private static List<Word> quoted(String raw) {
        return Words.quoted(statement(raw)).value().orElseThrow();
    }

    private static List<Word> escaped(String raw) {
        return Words.quotedEscaped(statement(raw)).value().orElseThrow();
    }

    private static Statement statement(String raw) {
        return statementOf(line("script " + raw));
    }

    private static Statement statementOf(Line line) {
        List<Word> words = Words.ordinary(line);
        return new Statement(
                words.getFirst(),
                words.subList(1, words.size()),
                line.text().substring(Words.behindFirst(line)),
                Optional.empty());
    }

    private static Line line(String text) {
        return Line.of("test.conf", 1, text);
    }

    private static void assertReads(String expected, List<Word> words) {
        assertEquals(
                expected,
                words.stream().map(word -> "[" + word.text() + "]").collect(Collectors.joining()));
    }
}
