package holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may follow a keyword, written as the keyword table writes it.
///
/// `int:1..255 [word [word]]` is a number and up to two words; `...` repeats what stands before it
/// in the same brackets; the absence of `<word>` costs its line alone, and ends nothing; `{}`,
/// `{lines}`, and `{words}` close the notation with a block. The kinds of a word are those of
/// [WordKind].
final class Arguments {

    /// One place in the notation.
    private record Slot(WordKind kind, boolean optional, boolean vital) {}

    private final String notation;
    private final List<Slot> slots = new ArrayList<>();

    /// Where repetition begins; -1 when nothing repeats.
    private int repeatFrom = -1;

    private Arguments(String notation) {
        this.notation = notation;
        boolean optional = false;
        int opened = 0;
        for (String token : notation.split(" ", -1)) {
            if (token.startsWith("{") || token.equals("-")) {
                continue;
            }
            if (token.startsWith("[")) {
                optional = true;
                opened = slots.size();
            }
            String kind = token.replace("[", "").replace("]", "");
            boolean vital = !kind.startsWith("<");
            kind = vital ? kind : kind.substring(1, kind.length() - 1);
            if (kind.equals("...")) {
                repeatFrom = opened;
            } else {
                slots.add(new Slot(WordKind.of(kind), optional, vital));
            }
        }
    }

    /// The kind of the first word.
    WordKind first() {
        return slots.getFirst().kind();
    }

    static Arguments of(String notation) {
        return new Arguments(notation);
    }

    /// Whether words that nothing can stand in for are absent.
    boolean lacks(List<Word> words) {
        return words.size() < slots.size() && !slots.get(words.size()).optional();
    }

    /// Whether reading ends where the first absent word should be.
    boolean vitallyLacks(List<Word> words) {
        return lacks(words) && slots.get(words.size()).vital();
    }

    /// What is wrong with a word, and the word it is about.
    record Wrong(Word word, String complaint, boolean saved) {}

    /// The first word that cannot be what it should be.
    Optional<Wrong> wrong(List<Word> words) {
        for (int i = 0; i < words.size(); i++) {
            Slot slot = slotAt(i);
            if (slot == null) {
                break;
            }
            Word word = words.get(i);
            Scalar<?> read = slot.kind().read(word.text());
            if (read.complaint().isPresent()) {
                return Optional.of(
                        new Wrong(word, read.complaint().get(), read.value().isPresent()));
            }
        }
        return Optional.empty();
    }

    /// The first word that nobody asked for.
    Optional<Word> surplus(List<Word> words) {
        if (words.size() <= slots.size() || repeatFrom >= 0) {
            return Optional.empty();
        }
        boolean openEnded = slots.stream().anyMatch(Arguments::takesAll);
        return openEnded ? Optional.empty() : Optional.of(words.get(slots.size()));
    }

    /// How many words a use of these takes at most, given what follows.
    int count() {
        return slots.size();
    }

    /// The notation for people: without the block.
    @Override
    public String toString() {
        int brace = notation.indexOf('{');
        String words = brace < 0 ? notation : notation.substring(0, brace);
        return words.replace("<", "").replace(">", "").strip();
    }

    private static boolean takesAll(Slot slot) {
        return switch (slot.kind().name()) {
            case "script", "forwarding", "service", "endpoint", "garpextra", "weight" -> true;
            default -> false;
        };
    }

    private @Nullable Slot slotAt(int index) {
        if (index < slots.size()) {
            return slots.get(index);
        }
        if (repeatFrom < 0) {
            return null;
        }
        int length = slots.size() - repeatFrom;
        return slots.get(repeatFrom + (index - repeatFrom) % length);
    }
}
