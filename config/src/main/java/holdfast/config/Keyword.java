package holdfast.config;

import org.jspecify.annotations.Nullable;

/// A row of the keyword table: one keyword in one block.
final class Keyword {

    private final String block;
    private final String name;
    private final String canonical;
    private final String arguments;
    private final Support support;
    private final String path;

    /// Made when it is first asked for: most keywords are in no configuration.
    private @Nullable Arguments reading;

    /// @param canonical the spelling that has the effect; `-` when nothing has one any more
    /// @param arguments what may follow, in the notation of [Arguments]
    Keyword(String block, String name, String canonical, String arguments, Support support) {
        this.block = block;
        this.name = name;
        this.canonical = canonical;
        this.arguments = arguments;
        this.support = support;
        this.path = block.equals(KeywordTable.ROOT) ? name : block + "/" + name;
    }

    String block() {
        return block;
    }

    String name() {
        return name;
    }

    String canonical() {
        return canonical;
    }

    String arguments() {
        return arguments;
    }

    Support support() {
        return support;
    }

    /// What may follow. Two threads may make it at once, and make the same.
    Arguments reading() {
        Arguments made = reading;
        if (made == null) {
            made = Arguments.of(arguments);
            reading = made;
        }
        return made;
    }

    /// Whether a block follows, of keywords, of lines, or of words.
    boolean opensBlock() {
        return arguments.endsWith("}");
    }

    boolean opensLines() {
        return arguments.endsWith("{lines}");
    }

    boolean opensWords() {
        return arguments.endsWith("{words}");
    }

    /// Whether what follows is nobody's business.
    boolean isSecret() {
        return name.equals("auth_pass")
                || name.equals("smtp_password")
                || name.equals("key")
                || name.equals("password");
    }

    /// The path of the block that this keyword opens.
    String path() {
        return path;
    }

    @Override
    public String toString() {
        return path;
    }
}
