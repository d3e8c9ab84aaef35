package holdfast.lab.bench;

import java.util.List;
import java.util.stream.Collectors;

/// What one benchmark came to: a title, how it was measured, and the figures.
///
/// Immutable.
record Section(String title, String manner, List<Figure> figures) {

    Section {
        figures = List.copyOf(figures);
    }

    /// The section as Markdown, with what was run and when between the words and the table.
    String markdown(String circumstances) {
        return "## %s\n\n%s\n\n%s\n\n%s\n%s\n"
                .formatted(
                        title,
                        manner.strip(),
                        circumstances,
                        "| Figure | Holdfast | keepalived | Ratio | Target |\n"
                                + "|---|---:|---:|---:|---|",
                        figures.stream().map(Figure::row).collect(Collectors.joining("\n")));
    }

    /// The figures that are not what they ought to be.
    List<Figure> missed() {
        return figures.stream()
                .filter(figure -> figure.target().filter(target -> !target.met()).isPresent())
                .toList();
    }
}
