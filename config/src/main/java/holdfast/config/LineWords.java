package holdfast.config;

import java.util.ArrayList;
import java.util.List;

/// The words of a line, taken one by one. The keyword is the first of them.
final class LineWords {

    private final List<Word> words = new ArrayList<>();
    private int index;

    LineWords(Statement line) {
        words.add(line.keyword());
        words.addAll(line.words());
    }

    boolean hasNext() {
        return index < words.size();
    }

    /// Only for who asked [#hasNext].
    Word next() {
        return words.get(index++);
    }

    /// Gives the last word back.
    void back() {
        index--;
    }

    /// Takes the next word if it is `text`.
    boolean take(String text) {
        boolean same = hasNext() && words.get(index).text().equals(text);
        if (same) {
            index++;
        }
        return same;
    }

    List<Word> rest() {
        return words.subList(index, words.size());
    }
}
