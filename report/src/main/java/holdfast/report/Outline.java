package holdfast.report;

import java.util.List;

/// A text of titles, heads and indented `name = value` lines, as it grows.
final class Outline {

    private final StringBuilder out = new StringBuilder();

    void title(String text) {
        out.append("------< ").append(text).append(" >------\n");
    }

    void head(String name, String value) {
        out.append(' ').append(name).append(" = ").append(value).append('\n');
    }

    void line(String name, String value) {
        out.append("   ").append(name).append(" = ").append(value).append('\n');
    }

    /// A name, and the items below it; nothing at all when there are none.
    void list(String name, List<String> items) {
        if (items.isEmpty()) {
            return;
        }
        out.append("   ").append(name).append(":\n");
        items.forEach(item -> out.append("     ").append(item).append('\n'));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
