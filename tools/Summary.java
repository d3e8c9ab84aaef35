import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// The last thing a test run prints: what failed, a table of the suites, and the sum.
///
/// Each directory of the one it is given is a suite, and holds JUnit's XML, or a file `why` that says
/// why the suite could not run; that counts as a failure, and so does a test that was skipped.
final class Summary {

    record Suite(String name, int passed, List<String> failures, double seconds) {}

    static void main(String[] args) throws Exception {
        List<Suite> suites = new ArrayList<>();
        try (var directories = Files.list(Path.of(args[0]))) {
            for (Path directory : directories.filter(Files::isDirectory).sorted().toList()) {
                suites.add(read(directory));
            }
        }
        suites.stream().flatMap(suite -> suite.failures().stream()).forEach(IO::println);
        IO.println("");
        IO.println("%-12s %8s %8s %9s".formatted("suite", "passed", "failed", "seconds"));
        for (Suite suite : suites) {
            IO.println(
                    "%-12s %8d %8d %9.1f"
                            .formatted(
                                    suite.name(),
                                    suite.passed(),
                                    suite.failures().size(),
                                    suite.seconds()));
        }
        int passed = suites.stream().mapToInt(Suite::passed).sum();
        int failed = suites.stream().mapToInt(suite -> suite.failures().size()).sum();
        IO.println("%d passed, %d failed".formatted(passed, failed));
        System.exit(failed == 0 && passed > 0 ? 0 : 1);
    }

    private static Suite read(Path directory) throws Exception {
        String name = directory.getFileName().toString();
        List<String> failures = new ArrayList<>();
        Path why = directory.resolve("why");
        if (Files.exists(why)) {
            failures.add("FAILED  %s: %s".formatted(name, Files.readString(why).strip()));
        }
        int passed = 0;
        double seconds = 0;
        int reports = 0;
        for (Path report : reportsIn(directory)) {
            reports++;
            NodeList tests =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(report.toFile())
                            .getElementsByTagName("testcase");
            for (int index = 0; index < tests.getLength(); index++) {
                Element test = (Element) tests.item(index);
                seconds += Double.parseDouble(test.getAttribute("time").replace(",", ""));
                String problem = problem(test);
                if (problem.isEmpty()) {
                    passed++;
                } else {
                    failures.add(
                            "FAILED  %s: %s.%s: %s"
                                    .formatted(
                                            name,
                                            test.getAttribute("classname"),
                                            test.getAttribute("name"),
                                            problem));
                }
            }
        }
        if (reports == 0 && failures.isEmpty()) {
            failures.add("FAILED  %s: it left no report; see build/logs".formatted(name));
        }
        return new Suite(name, passed, failures, seconds);
    }

    private static List<Path> reportsIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".xml")).sorted().toList();
        }
    }

    /// The first line of what went wrong; empty when nothing did.
    private static String problem(Element test) {
        for (Node node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && List.of("failure", "error", "skipped").contains(element.getTagName())) {
                String message = element.getAttribute("message");
                String text = message.isBlank() ? element.getTextContent().strip() : message;
                String first = text.lines().findFirst().orElse("");
                return element.getTagName().equals("skipped") ? "skipped: " + first : first + " ";
            }
        }
        return "";
    }
}
