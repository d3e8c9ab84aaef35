package holdfast.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeywordTableTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path RESOURCE = Path.of("src/main/resources/holdfast/config/keywords.tsv");

    private final KeywordTable table = KeywordTable.load();

    @Test
    void theDocumentIsTheTable() throws IOException {
        assertEquals(Files.readString(RESOURCE), Files.readString(Path.of("../docs/keywords.tsv")));
    }

    @Test
    void everyNotationCanBeRead() {
        for (Keyword keyword : all().toList()) {
            Arguments arguments = Arguments.of(keyword.arguments());
            arguments.wrong(List.of());
            arguments.lacks(List.of());
        }
    }

    @Test
    void whatHasAnEffectIsReadBySomebody() throws IOException {
        String sources = sources();
        Set<String> unread = new TreeSet<>();
        all().filter(
                        keyword ->
                                keyword.support() == Support.FULL
                                        || keyword.support() == Support.PARTIAL)
                .filter(keyword -> !keyword.name().startsWith("("))
                .filter(keyword -> !isRead(sources, keyword.canonical()))
                .forEach(keyword -> unread.add(keyword.block() + " " + keyword.name()));
        assertEquals(Set.of(), unread);
    }

    @Test
    void whatIsReadHasARow() throws IOException {
        Set<String> rows = all().map(Keyword::canonical).collect(Collectors.toSet());
        Set<String> strangers = new TreeSet<>();
        Pattern reading =
                Pattern.compile(
                        "(?:inner|block|globals|root|service|server|Section|session)(?:\\(\\))?\\s*"
                                + "\\.(?:has|flag|text|last|all|number|seconds|time|address)"
                                + "\\(\"([^\"]+)\"\\)");
        var matcher = reading.matcher(sources());
        while (matcher.find()) {
            if (!rows.contains(matcher.group(1))) {
                strangers.add(matcher.group(1));
            }
        }
        assertEquals(Set.of(), strangers);
    }

    @Test
    void oldSpellingsLeadToRows() {
        Set<String> lost = new TreeSet<>();
        Set<String> names = all().map(Keyword::name).collect(Collectors.toSet());
        all().filter(keyword -> !keyword.canonical().equals("-"))
                .filter(keyword -> !names.contains(keyword.canonical()))
                .forEach(keyword -> lost.add(keyword.name()));
        assertEquals(Set.of(), lost);
    }

    private Stream<Keyword> all() {
        return table.paths().stream().flatMap(path -> table.of(path).stream());
    }

    /// Read by its name, or by a name that is put together of a prefix and a suffix.
    private static boolean isRead(String sources, String name) {
        if (sources.contains('"' + name + '"')) {
            return true;
        }
        for (int cut = name.indexOf('_'); cut > 0; cut = name.indexOf('_', cut + 1)) {
            if (sources.contains('"' + name.substring(cut) + '"')) {
                return true;
            }
        }
        return false;
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }
}
