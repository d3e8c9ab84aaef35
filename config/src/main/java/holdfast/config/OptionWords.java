package holdfast.config;

import holdfast.net.IpAddress;
import holdfast.net.IpPrefix;
import java.util.Optional;

/// Takes the options of a route or a rule, and what belongs to each, off a line.
///
/// Whoever gets nothing need not complain: that was done.
final class OptionWords {

    private final LineWords words;
    private final Context context;
    private final IprouteNames names;

    OptionWords(Statement line, Context context, IprouteNames names) {
        this.words = new LineWords(line);
        this.context = context;
        this.names = names;
    }

    boolean hasNext() {
        return words.hasNext();
    }

    /// Only for who asked [#hasNext].
    Word next() {
        return words.next();
    }

    void back() {
        words.back();
    }

    boolean take(String text) {
        return words.take(text);
    }

    /// The word behind `option`.
    Optional<Word> value(Word option) {
        if (!words.hasNext()) {
            context.findings().missing(option, "'" + option.text() + "' needs a value");
            return Optional.empty();
        }
        return Optional.of(words.next());
    }

    Optional<Long> number(Word option, long max) {
        return value(option).flatMap(word -> good(word, Scalars.integer(word.text(), 0, max)));
    }

    /// A number as C writes them.
    Optional<Long> anyNumber(Word option, long max) {
        return value(option)
                .flatMap(word -> good(word, Scalars.integerOfAnyBase(word.text(), 0, max)));
    }

    Optional<Integer> named(Word option, IprouteNames.Kind kind, long max) {
        return value(option)
                .flatMap(word -> good(word, names.number(kind, word.text(), max)))
                .map(Long::intValue);
    }

    Optional<IpAddress> address(Word option) {
        return value(option).flatMap(word -> good(word, Scalars.address(word.text())));
    }

    Optional<IpPrefix> prefix(Word option) {
        return value(option).flatMap(word -> good(word, Scalars.prefix(word.text())));
    }

    /// An interface. One that is missing is complained about and waited for.
    Optional<String> interfaceName(Word option) {
        Optional<Word> word = value(option);
        Optional<String> name =
                word.flatMap(found -> good(found, Scalars.interfaceName(found.text())));
        if (name.isPresent() && !context.mayName(name.get())) {
            context.findings()
                    .warning(word.orElseThrow(), "there is no interface '" + name.get() + "'");
        }
        return name;
    }

    /// `SOURCE/DESTINATION`, or the destination alone, in one number.
    Optional<Integer> realms(Word option) {
        Optional<Word> word = value(option);
        if (word.isEmpty()) {
            return Optional.empty();
        }
        String text = word.get().text();
        int slash = text.indexOf('/');
        Optional<Long> source =
                slash < 0 ? Optional.of(0L) : realm(word.get(), text.substring(0, slash));
        Optional<Long> destination = realm(word.get(), text.substring(slash + 1));
        return source.isPresent() && destination.isPresent()
                ? Optional.of((int) (source.get() << 16 | destination.get()))
                : Optional.empty();
    }

    private Optional<Long> realm(Word word, String text) {
        return good(word, names.number(IprouteNames.Kind.REALM, text, 0xffff));
    }

    /// What could be read; the complaint otherwise.
    <T> Optional<T> good(Word word, Scalar<T> read) {
        if (read.complaint().isPresent()) {
            context.findings().error(word, read.complaint().get());
            return Optional.empty();
        }
        return read.value();
    }

    /// @return false, for those who say that they did not succeed
    boolean refuse(Word word, String complaint) {
        context.findings().error(word, complaint);
        return false;
    }
}
