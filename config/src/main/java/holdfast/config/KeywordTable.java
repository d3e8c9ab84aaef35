package holdfast.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every keyword of every block, from the resource `keywords.tsv`: the one place that says what is
/// understood, with which arguments, and what comes of it.
///
/// Read once, without regular expressions, since each start of a process pays for it.
final class KeywordTable {

    /// The name of what stands outside all blocks.
    static final String ROOT = "root";

    private static final String RESOURCE = "keywords.tsv";
    private static final int COLUMNS = 6;

    private final Map<String, Map<String, Keyword>> blocks = new LinkedHashMap<>();

    private KeywordTable(String text) {
        int start = text.indexOf('\n') + 1; // The first line names the columns.
        String[] cells = new String[COLUMNS];
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int from = start;
            for (int i = 0; i < COLUMNS; i++) {
                int tab = i < COLUMNS - 1 ? text.indexOf('\t', from) : end;
                cells[i] = text.substring(from, tab);
                from = tab + 1;
            }
            Keyword keyword =
                    new Keyword(cells[0], cells[1], cells[2], cells[3], support(cells[4]));
            blocks.computeIfAbsent(keyword.block(), _ -> new LinkedHashMap<>())
                    .put(keyword.name(), keyword);
            start = end + 1;
        }
    }

    /// The table of this program.
    static KeywordTable load() {
        try (InputStream in = KeywordTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource missing: " + RESOURCE);
            }
            return new KeywordTable(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The keyword `name` in the block at `path`.
    Optional<Keyword> find(String path, String name) {
        return Optional.ofNullable(blocks.getOrDefault(path, Map.of()).get(name));
    }

    /// All keywords of the block at `path`, in the order of the table.
    Collection<Keyword> of(String path) {
        return blocks.getOrDefault(path, Map.of()).values();
    }

    /// Whether there are keywords at `path` at all.
    boolean has(String path) {
        return blocks.containsKey(path);
    }

    /// The blocks that know a keyword of this name.
    List<String> blocksWith(String name) {
        return blocks.entrySet().stream()
                .filter(block -> block.getValue().containsKey(name))
                .map(Map.Entry::getKey)
                .filter(path -> !path.endsWith("#line"))
                .toList();
    }

    /// Every path, in the order of the table.
    Collection<String> paths() {
        return List.copyOf(blocks.keySet());
    }

    private static Support support(String word) {
        return switch (word) {
            case "full" -> Support.FULL;
            case "partial" -> Support.PARTIAL;
            case "ignored-with-warning" -> Support.IGNORED_WITH_WARNING;
            case "ignored-rightly" -> Support.IGNORED_RIGHTLY;
            case "deprecated" -> Support.DEPRECATED;
            default -> throw new IllegalArgumentException("no such state: " + word);
        };
    }
}
