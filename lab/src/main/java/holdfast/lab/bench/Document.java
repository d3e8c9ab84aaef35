package holdfast.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The page of results: an introduction, and sections that begin with their titles.
final class Document {

    private static final String TITLE_MARK = "## ";

    private Document() {}

    /// The page with some sections written anew and the others as they were, in the order of the
    /// titles.
    static String update(
            String page, String introduction, List<String> titles, List<String> sections) {
        List<String> old = sections(page);
        Function<String, Optional<String>> text =
                title -> find(sections, title).or(() -> find(old, title));
        List<String> all = new ArrayList<>(List.of(introduction));
        titles.stream().map(text).flatMap(Optional::stream).forEach(all::add);
        return all.stream().map(String::strip).collect(Collectors.joining("\n\n")) + "\n";
    }

    private static Optional<String> find(List<String> sections, String title) {
        return sections.stream()
                .filter(section -> section.startsWith(TITLE_MARK + title + "\n"))
                .findFirst();
    }

    private static List<String> sections(String page) {
        return List.of(page.split("(?m)^(?=" + TITLE_MARK + ")"));
    }
}
