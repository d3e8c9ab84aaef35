package holdfast.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import holdfast.probe.Regex.Answer;
import holdfast.probe.Regex.Effort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The language of patterns, as pcre2pattern(3) describes it.
class RegexTest {

    private static Set<RegexOption> options(String words) {
        return Arrays.stream(words.split(" "))
                .filter(word -> !word.isEmpty() && !word.equals("-"))
                .map(word -> RegexOption.of(word).orElseThrow())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RegexOption.class)));
    }

    private static Answer search(String pattern, String options, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return Regex.of(pattern, options(options))
                .search(octets, true, 0, Integer.MAX_VALUE, Effort.USUAL);
    }

    private static Answer within(String pattern, String text, int from, int last) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return Regex.of(pattern, options("-")).search(octets, true, from, last, Effort.USUAL);
    }

    @Test
    void patternsMeanWhatTheyMeanToPcre2() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/regex.tsv"))) {
            String[] cells = line.replace("<LF>", "\n").replace("<CR>", "\r").split("\t", -1);
            if (!line.startsWith("; ")) {
                Answer wanted = cells[3].equals("true") ? Answer.FOUND : Answer.NOT_FOUND;
                Answer answer = search(cells[0], cells[1], cells[2]);
                if (answer != wanted) {
                    wrong.add(line + ": " + answer);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "a(b          ; a '(' is not closed",
                "a)b          ; a ')' closes nothing",
                "[a           ; the pattern ends too early",
                "*a           ; a quantifier has nothing before it",
                "^*           ; a quantifier stands behind a place",
                "a\\b+        ; a quantifier stands behind a place",
                "a{3,2}       ; the counts of a quantifier run backwards",
                "a{65536}     ; the number '65536' is too large",
                "[z-a]        ; a range of letters runs backwards",
                "[\\d-z]       ; a range of letters begins or ends with a set",
                "[a-\\d]       ; a range of letters begins or ends with a set",
                "[a-[:alpha:]] ; a range of letters begins or ends with a set",
                "[[:what:]]   ; there is no class [:what:]",
                "\\2(a)       ; there is no group 2",
                "\\k<n>       ; there is no group 'n'",
                "(?<n>a)(?<n>b) ; there are two groups 'n'",
                "(?<=a+)b     ; what is looked for behind has no fixed length",
                "(a(?R)?b)    ; patterns that call themselves are not understood",
                "(*SKIP)a     ; '(*SKIP)' is not understood",
                "a(*SKIP)     ; verbs such as '(*SKIP)' are not understood",
                "\\p{What}    ; there is no property 'What'",
                "\\y          ; \\y is not understood",
                "\\x{100}     ; there is no letter of code 256",
                "(?k)a        ; there is no option '(?k'",
                "a\\          ; the pattern ends too early",
            })
    void whatIsNoPatternIsSaid(String pattern, String complaint) {
        assertEquals(complaint, Regex.complaint(pattern, Set.of()).orElse("none"));
    }

    @Test
    void optionsThatForbidAreObeyed() {
        assertTrue(Regex.complaint("(*UTF)a", options("never_utf")).isPresent());
        assertTrue(Regex.complaint("(*UCP)a", options("never_ucp")).isPresent());
        assertTrue(Regex.complaint("a", options("utf never_utf")).isPresent());
        assertTrue(Regex.complaint("\\C", options("never_backslash_c")).isPresent());
        assertTrue(Regex.complaint("\\C", Set.of()).isEmpty());
        assertTrue(Regex.complaint("(?<n>a)(?<n>b)", options("dupnames")).isEmpty());
    }

    @Test
    void offsetsAreOctetsAndSayWhereAMatchMayStart() {
        assertEquals(Answer.FOUND, within("cd", "abcdef", 2, 2));
        assertEquals(Answer.NOT_FOUND, within("cd", "abcdef", 3, 9));
        assertEquals(Answer.NOT_FOUND, within("cd", "abcdef", 0, 1));
        assertEquals(Answer.NOT_FOUND, within("^cd", "abcdef", 2, 2));
        assertEquals(Answer.FOUND, within("\\Gcd", "abcdef", 2, 9));
        assertEquals(Answer.FOUND, within("(?<=b)cd", "abcdef", 2, 2));
        assertEquals(Answer.NOT_FOUND, within("a", "abc", 4, 9));
        assertEquals(Answer.FOUND, within("$", "abc", 3, 9));
        byte[] text = "ééx".getBytes(StandardCharsets.UTF_8);
        Regex utf = Regex.of("x", options("utf"));
        assertEquals(Answer.FOUND, utf.search(text, true, 4, 4, Effort.USUAL));
        assertEquals(Answer.NOT_FOUND, utf.search(text, true, 0, 3, Effort.USUAL));
        assertEquals(Answer.NOT_FOUND, utf.search(text, true, 5, 9, Effort.USUAL));
    }

    /// Patterns that are known to take longer than anybody lives, or all of the memory.
    @ParameterizedTest
    @CsvSource({
        "(a+)+$,                                            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
        "^(a|aa)+\\1x$,                                     aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
        "(a|a)*b,                                           aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
        "(x+x+)+y,                                          xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!",
        "(?=(a+)+$)b|(a|b|ab)*c,                            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
        "(?:(?:|a)(?:|a)(?:|a)(?:|a)(?:|a)(?:|a)(?:|a)(?:|a)){9}(?!), aaaaaaaaaaaaaaaaaaaaaaaaaa",
    })
    void noPatternTakesTooLong(String pattern, String text) {
        assertEquals(Answer.EXHAUSTED, search(pattern, "-", text));
    }

    @Test
    void emptyTurnsAreNotCountedOut() {
        String endless = "(?:(?:(?:|(?=)){65535}){65535}){65535}";
        assertEquals(Answer.NOT_FOUND, search(endless + "x", "-", "a"));
        assertEquals(Answer.FOUND, search(endless + "a", "-", "a"));
    }

    @Test
    void theStackHasALimitThatCanBeSet() {
        String text = "ab".repeat(50_000);
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        Regex regex = Regex.of("^(?:a|b)*!$", Set.of());
        Effort small = Effort.ofStack(1);
        assertEquals(Answer.EXHAUSTED, regex.search(octets, true, 0, octets.length, small));
        Effort large = Effort.ofStack(Long.MAX_VALUE);
        assertEquals(Answer.NOT_FOUND, regex.search(octets, true, 0, octets.length, large));
    }

    @Test
    void aLongBodyIsNoReasonToGiveUp() {
        String page = "<p>all is well today</p>".repeat(10_000);
        assertEquals(Answer.NOT_FOUND, search(".*broken.*", "-", page));
        assertEquals(Answer.NOT_FOUND, search("(.*)broken(.*)", "dotall", page));
        assertEquals(Answer.FOUND, search("today</p>$", "-", page));
        assertEquals(Answer.NOT_FOUND, search("\\d{3}-\\d{4}", "-", page));
        assertEquals(Answer.NOT_FOUND, search("(?i)b(ro|r)ken", "-", page));
    }
}
