package holdfast.config;

import java.util.List;
import java.util.Optional;

/// A keyword, its words, and its block if it has one. All expansion is done.
///
/// @param words what follows the keyword on its line, split at blanks and double quotes
/// @param raw the text behind the keyword, for those keywords that split it in their own way
public record Statement(Word keyword, List<Word> words, String raw, Optional<Block> block) {

    /// What stood between `{` and `}`, a statement a line.
    public interface Block {

        /// In the order of the text; perhaps read anew each time.
        List<Statement> statements();

        /// Where the opening brace stands.
        Diagnostic.Span open();

        /// One that is in memory.
        static Block of(List<Statement> statements, Diagnostic.Span open) {
            return new InMemory(statements, open);
        }
    }

    private record InMemory(List<Statement> statements, Diagnostic.Span open) implements Block {
        private InMemory {
            statements = List.copyOf(statements);
        }
    }

    public Statement {
        words = List.copyOf(words);
    }

    /// The same with a block.
    Statement with(Block added) {
        return new Statement(keyword, words, raw, Optional.of(added));
    }
}
