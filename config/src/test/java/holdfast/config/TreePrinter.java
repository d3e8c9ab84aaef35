package holdfast.config;

import java.util.List;
import java.util.stream.Collectors;

/// Statements as text for golden files: place, words, and the raw text where it says more.
final class TreePrinter {

    private final StringBuilder out = new StringBuilder();
    private final String mainFile;

    private TreePrinter(String mainFile) {
        this.mainFile = mainFile;
    }

    static String print(List<Statement> statements, String mainFile) {
        TreePrinter printer = new TreePrinter(mainFile);
        printer.printAll(statements, "");
        return printer.out.toString();
    }

    private void printAll(List<Statement> statements, String indent) {
        for (Statement statement : statements) {
            String words = statement.words().stream().map(this::word).collect(Collectors.joining());
            out.append(indent).append(place(statement.keyword().at())).append(' ');
            out.append(text(statement.keyword())).append(words);
            String plain =
                    statement.words().stream()
                            .map(TreePrinter::text)
                            .collect(Collectors.joining(" "));
            if (!statement.raw().equals(plain)) {
                out.append("   raw: ").append(statement.raw());
            }
            statement
                    .block()
                    .ifPresentOrElse(
                            block -> {
                                out.append(" {\n");
                                printAll(block.statements(), indent + "    ");
                                out.append(indent).append("}\n");
                            },
                            () -> out.append('\n'));
        }
    }

    private String word(Word word) {
        return " %s@%d+%d".formatted(text(word), word.at().column(), word.at().length());
    }

    private String place(Diagnostic.Span at) {
        String file = at.file().equals(mainFile) ? "" : at.file() + ":";
        return file + at.line() + ":" + at.column() + "+" + at.length();
    }

    private static String text(Word word) {
        return word.quoted() ? '"' + word.text() + '"' : word.text();
    }
}
