package holdfast.config;

import java.util.List;
import java.util.Optional;

/// A keyword, its words, and its block if it has one. All expansion is done.
///
/// @param words what follows the keyword on its line, split at blanks and double quotes
/// @param raw the text behind the keyword, for those keywords that split it in their own way
public record Statement(Word keyword, List<Word> words, String raw, Optional<Block> block) {

    /// What stood between `{` and `}`, a statement a line.
    public record Block(List<Statement> statements, Diagnostic.Span open) {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    public Statement {
        words = List.copyOf(words);
    }
}
