package holdfast.config;

import holdfast.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A statement whose keyword is known and whose words are what they should be.
///
/// @param name the canonical spelling of the keyword
/// @param inner what is in its block, if that holds keywords
record Entry(String name, Keyword keyword, Statement statement, Section inner) {

    /// Where complaints about the whole statement point.
    Word at() {
        return statement.keyword();
    }

    List<Word> words() {
        return statement.words();
    }

    /// A word that the notation guarantees.
    Word word(int index) {
        return words().get(index);
    }

    Optional<Word> wordIfAny(int index) {
        return index < words().size() ? Optional.of(words().get(index)) : Optional.empty();
    }

    /// The statements of a block of lines; empty when there is none.
    List<Statement> lines() {
        return statement.block().map(Statement.Block::statements).orElse(List.of());
    }

    /// All words of a block that is but a list of words.
    List<Word> listed() {
        return lines().stream()
                .flatMap(line -> Stream.concat(Stream.of(line.keyword()), line.words().stream()))
                .toList();
    }

    String text() {
        return word(0).text();
    }

    long number() {
        return ((Number) read(0)).longValue();
    }

    Duration time() {
        return (Duration) read(0);
    }

    IpAddress address() {
        return (IpAddress) read(0);
    }

    /// The word at `index`, as the first kind of the notation reads it.
    Object read(int index) {
        return keyword.reading().first().read(word(index).text()).value().orElseThrow();
    }
}
