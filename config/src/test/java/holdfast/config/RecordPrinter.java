package holdfast.config;

import java.util.Collection;
import java.util.Optional;

/// Prints records as an indented tree: one component a line, without what is empty.
final class RecordPrinter {

    private final StringBuilder out = new StringBuilder();

    private RecordPrinter() {}

    static String print(Record root) {
        RecordPrinter printer = new RecordPrinter();
        printer.record(root, 0);
        return printer.out.toString();
    }

    private void record(Record record, int depth) {
        for (var component : record.getClass().getRecordComponents()) {
            try {
                value(component.getName(), component.getAccessor().invoke(record), depth);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("an accessor is hidden", e);
            }
        }
    }

    private void value(String name, Object value, int depth) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(inner -> value(name, inner, depth));
            case Collection<?> items -> items.forEach(item -> value(name, item, depth));
            case Record record when isPlain(record) -> line(name, record.toString(), depth);
            case Record record -> {
                line(name, record.getClass().getSimpleName(), depth);
                record(record, depth + 1);
            }
            case Object other -> line(name, other.toString(), depth);
        }
    }

    /// Small values print well by themselves.
    private static boolean isPlain(Record record) {
        String text = record.toString();
        return text.length() <= 60 || !text.startsWith(record.getClass().getSimpleName());
    }

    private void line(String name, String text, int depth) {
        out.append("  ".repeat(depth)).append(name).append(": ").append(text).append('\n');
    }
}
