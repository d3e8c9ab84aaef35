package holdfast.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What no compiler checks: the house rules that can be seen in the text of the sources.
class SourceTest {

    private static final int COLUMNS_MAX = 100;
    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 60;

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /// Modules whose switches must name every alternative.
    private static final Set<String> CORES = Set.of("vrrp", "bfd", "balance");

    /// Modules that print to the terminal as their purpose.
    private static final Set<String> PRINTERS = Set.of("daemon", "lab", "sim", "ctl");

    private static final Pattern METHOD = Pattern.compile("^    (\\w.*|@.*)?[\\w>\\])] \\w+\\(.*");

    @Test
    void linesAreAtMostAHundredColumns() throws IOException {
        assertNone(line -> line.length() > COLUMNS_MAX && !line.contains("\"\"\""), all());
    }

    @Test
    void filesAreSmall() throws IOException {
        List<String> large = new ArrayList<>();
        for (Path file : all()) {
            long lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES_MAX) {
                large.add(ROOT.relativize(file) + ": " + lines + " lines");
            }
        }
        assertEquals(List.of(), large);
    }

    @Test
    void methodsFitOnAScreen() throws IOException {
        List<String> large = new ArrayList<>();
        for (Path file : all()) {
            List<String> lines = Files.readAllLines(file);
            for (int start = 0; start < lines.size(); start++) {
                if (METHOD.matcher(lines.get(start)).matches() && hasBody(lines, start)) {
                    int end = start;
                    while (end < lines.size() && !lines.get(end).equals("    }")) {
                        end++;
                    }
                    if (end < lines.size() && end - start >= METHOD_LINES_MAX) {
                        large.add(at(file, start) + (end - start + 1) + " lines");
                    }
                    start = end < lines.size() ? end : start;
                }
            }
        }
        assertEquals(List.of(), large);
    }

    /// Whether what is declared here goes on in lines of its own.
    private static boolean hasBody(List<String> lines, int start) {
        int at = start;
        while (at < lines.size() && !lines.get(at).matches(".*([{};])")) {
            at++;
        }
        return at < lines.size() && lines.get(at).endsWith("{");
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
        assertNone(line -> later.matcher(line).find(), all());
    }

    @Test
    void coresNameEveryAlternative() throws IOException {
        assertNone(line -> line.strip().startsWith("default ->"), main(CORES::contains));
    }

    @Test
    void onlyProgramsPrint() throws IOException {
        assertNone(
                line -> line.contains("System.out") || line.contains("System.err"),
                main(module -> !PRINTERS.contains(module)));
    }

    @Test
    void docCommentsWereNotBrokenByTheFormatter() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : all()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 1; i < lines.size(); i++) {
                if (lines.get(i - 1).strip().startsWith("///")
                        && lines.get(i).strip().startsWith("// ")) {
                    broken.add(at(file, i) + lines.get(i).strip());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path file : main(module -> true)) {
            Path directory = file.getParent();
            if (!file.endsWith("module-info.java")
                    && !Files.exists(directory.resolve("package-info.java"))) {
                silent.add(ROOT.relativize(directory).toString());
            }
        }
        assertEquals(List.of(), silent.stream().distinct().toList());
    }

    private static void assertNone(Predicate<String> bad, List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (bad.test(lines.get(i))) {
                    found.add(at(file, i) + lines.get(i).strip());
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static String at(Path file, int line) {
        return ROOT.relativize(file) + ":" + (line + 1) + ": ";
    }

    private static List<Path> all() throws IOException {
        return sources("src", module -> true);
    }

    private static List<Path> main(Predicate<String> modules) throws IOException {
        return sources("src/main/java", modules);
    }

    private static List<Path> sources(String below, Predicate<String> modules) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> children = Files.list(ROOT)) {
            for (Path module : children.sorted().toList()) {
                Path folder = module.resolve(below);
                if (Files.isDirectory(folder) && modules.test(module.getFileName().toString())) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .sorted()
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }
}
