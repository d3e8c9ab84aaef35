package holdfast.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each demand of the standards has a test: `docs/conformance.tsv` lists the demands, comments
/// `// Conforms: ID, ID` above tests say what they hold, and `docs/conformance.md` is both of
/// them together.
///
/// With `-Dgolden=update` the page is written instead of compared.
class ConformanceTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path DEMANDS = ROOT.resolve("docs/conformance.tsv");
    private static final Path PAGE = ROOT.resolve("docs/conformance.md");
    private static final Pattern MARK = Pattern.compile("^ *// Conforms: (.*)$");
    private static final Pattern MORE = Pattern.compile("^ *// ( *[0-9].*)$");
    private static final Pattern METHOD = Pattern.compile("^    void (\\w+)\\(.*");

    private static final String HEAD =
            """
            # Conformance

            What RFC 9568 (VRRP version 3), RFC 3768 (version 2), and RFC 5880 (BFD) demand of
            packets and state machine, in our words, and the tests that hold it. Where a demand
            holds only under a condition, the page says so. `ConformanceTest` in module `tidy`
            makes it of `docs/conformance.tsv` and the comments of the tests; `make golden` writes
            it anew.
            """;

    /// One demand of a standard.
    private record Demand(String id, String section, String text, String note) {
        String standard() {
            return id.substring(0, id.indexOf('-'));
        }
    }

    @Test
    void everyDemandHasATest() throws IOException {
        Map<String, Demand> demands = demands();
        Map<String, Set<String>> tests = tests();
        Set<String> untested = new TreeSet<>(demands.keySet());
        untested.removeAll(tests.keySet());
        assertEquals(Set.of(), untested);
        Set<String> unknown = new TreeSet<>(tests.keySet());
        unknown.removeAll(demands.keySet());
        assertEquals(Set.of(), unknown);
    }

    @Test
    void thePageSaysWhatTheTestsSay() throws IOException {
        String page = page(demands(), tests());
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }

    private static Map<String, Demand> demands() throws IOException {
        Map<String, Demand> demands = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(DEMANDS);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Demand demand = new Demand(cells[0], cells[1], cells[2], cells[3]);
            assertNull(demands.put(demand.id(), demand), "twice: " + demand.id());
        }
        return demands;
    }

    /// The tests of each demand, as `module: Class.method`.
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            for (Path file : files.filter(ConformanceTest::isTest).sorted().toList()) {
                read(file, tests);
            }
        }
        return tests;
    }

    private static boolean isTest(Path file) {
        String path = ROOT.relativize(file).toString();
        return path.contains("/src/test/java/") && path.endsWith("Test.java");
    }

    private static void read(Path file, Map<String, Set<String>> tests) throws IOException {
        String module = ROOT.relativize(file).getName(0).toString();
        String type = file.getFileName().toString().replace(".java", "");
        List<String> waiting = new ArrayList<>();
        boolean open = false;
        for (String line : Files.readAllLines(file)) {
            Matcher mark = MARK.matcher(line);
            Matcher more = MORE.matcher(line);
            Matcher method = METHOD.matcher(line);
            if (mark.matches()) {
                waiting.addAll(List.of(mark.group(1).split(",", -1)));
                open = true;
            } else if (open && more.matches()) {
                waiting.addAll(List.of(more.group(1).split(",", -1)));
            } else {
                open = false;
            }
            if (method.matches()) {
                String test = module + ": " + type + "." + method.group(1);
                for (String id : waiting) {
                    if (!id.isBlank()) {
                        tests.computeIfAbsent(id.strip(), _ -> new TreeSet<>()).add(test);
                    }
                }
                waiting.clear();
            }
        }
        assertEquals(List.of(), waiting, "demands above no test in " + file);
    }

    private static String page(Map<String, Demand> demands, Map<String, Set<String>> tests) {
        StringBuilder page = new StringBuilder(HEAD);
        String standard = "";
        for (Demand demand : demands.values()) {
            if (!demand.standard().equals(standard)) {
                standard = demand.standard();
                page.append("\n## RFC ").append(standard).append("\n\n");
                page.append("| Section | Demand | Tests |\n|---|---|---|\n");
            }
            page.append("| ").append(demand.section()).append(" | ").append(demand.text());
            if (!demand.note().isEmpty()) {
                page.append(" *").append(demand.note()).append('*');
            }
            String names = String.join("<br>", tests.getOrDefault(demand.id(), Set.of("**none**")));
            page.append(" | ").append(names).append(" |\n");
        }
        return page.toString();
    }
}
