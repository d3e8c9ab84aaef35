package holdfast.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A block of a file that is read when somebody asks for its statements, each time anew: a large
/// configuration is not all in memory as statements, and who needs none of them reads none.
///
/// It is plain: a line of it has words, or words and an opening brace behind them, or a closing
/// brace, or a comment, and nothing else; no quotes, and nothing that is expanded, included,
/// repeated, or complained about. So its statements are the same as if it had been read at once.
///
/// @param text all of the file
/// @param start where the line behind the opening brace begins
/// @param end where the line of the closing brace begins
/// @param next where the line behind that begins
/// @param line the number of the first line
/// @param lines how many there are, with that of the closing brace
record PlainBlock(
        String file,
        String text,
        int start,
        int end,
        int next,
        int line,
        int lines,
        Diagnostic.Span open)
        implements Statement.Block {

    /// More than there are blocks in each other anywhere in the language.
    private static final int DEPTH_MAX = 8;

    @Override
    public List<Statement> statements() {
        return new Reader(this).block();
    }

    /// Whether another block has the same text, wherever it stands.
    boolean says(PlainBlock other) {
        int length = end - start;
        return length == other.end - other.start
                && text.regionMatches(start, other.text, other.start, length);
    }

    /// The block that begins here; empty if it is not plain.
    ///
    /// @param headColumn where its keyword stands; a closing brace left of it is suspicious
    /// @param depthMax how many blocks may be in each other in it
    /// @param linesMax how many lines it may have
    static Optional<PlainBlock> find(Opening opening, int headColumn, int depthMax, int linesMax) {
        Finder finder = new Finder(opening, headColumn, Math.min(depthMax, DEPTH_MAX));
        int count = 0;
        while (count < linesMax && finder.takesLine()) {
            count++;
            if (finder.isClosed()) {
                return Optional.of(
                        new PlainBlock(
                                opening.file(),
                                opening.text(),
                                opening.start(),
                                finder.lineStart,
                                finder.at,
                                opening.line(),
                                count,
                                opening.open()));
            }
        }
        return Optional.empty();
    }

    /// Where a block begins.
    ///
    /// @param start the line behind the opening brace
    /// @param line its number
    record Opening(String file, String text, int start, int line, Diagnostic.Span open) {}

    /// Goes over lines as long as they are plain.
    private static final class Finder {

        private final String text;
        private final int[] headColumns;
        private int depth;
        private int at;
        private int lineStart;

        Finder(Opening opening, int headColumn, int depthMax) {
            this.text = opening.text();
            this.at = opening.start();
            this.headColumns = new int[Math.max(1, depthMax + 1)];
            this.headColumns[0] = headColumn;
        }

        boolean isClosed() {
            return depth < 0;
        }

        /// False if there is no further line, or it is not plain.
        boolean takesLine() {
            if (at >= text.length()) {
                return false;
            }
            lineStart = at;
            int feed = text.indexOf('\n', at);
            int end = feed < 0 ? text.length() : feed;
            at = end + 1;
            if (end - lineStart > Preprocessor.LINE_LENGTH_MAX) {
                return false;
            }
            int first = lineStart;
            while (first < end && Line.isBlank(text.charAt(first))) {
                first++;
            }
            while (end > first && Line.isBlank(text.charAt(end - 1))) {
                end--;
            }
            return first == end
                    || switch (text.charAt(first)) {
                        case '#', '!' -> lacks(first + 1, end, '\0');
                        case '}' -> first + 1 == end && closes(first - lineStart + 1);
                        case '@', '~' -> false;
                        default -> !text.startsWith("include", first) && hasWords(first, end);
                    };
        }

        private boolean lacks(int from, int to, char letter) {
            return text.indexOf(letter, from, to) < 0;
        }

        private boolean closes(int column) {
            return column >= headColumns[depth--];
        }

        private boolean hasWords(int first, int end) {
            boolean opens = text.charAt(end - 1) == '{';
            int last = opens ? end - 1 : end;
            for (int i = first; i < last; i++) {
                if (isSpecial(text.charAt(i))) {
                    return false;
                }
            }
            if (!opens) {
                return true;
            }
            if (last == first || depth + 1 >= headColumns.length) {
                return false;
            }
            headColumns[++depth] = first - lineStart + 1;
            return true;
        }

        private static boolean isSpecial(char letter) {
            return switch (letter) {
                case '"', '\\', '$', '#', '!', '{', '}', '\0' -> true;
                default -> false;
            };
        }
    }

    /// Makes statements of lines that are known to be plain.
    private static final class Reader {

        private final String file;
        private final String text;
        private final int end;
        private int at;
        private int number;

        Reader(PlainBlock block) {
            this.file = block.file();
            this.text = block.text();
            this.at = block.start();
            this.end = block.end();
            this.number = block.line() - 1;
        }

        /// The statements up to the closing brace, or to the end.
        List<Statement> block() {
            List<Statement> statements = new ArrayList<>();
            while (at < end) {
                int start = at;
                int feed = text.indexOf('\n', at);
                at = feed + 1; // There is one: the line of the closing brace is still to come.
                number++;
                int first = behindBlanks(start, feed);
                int last = feed;
                while (last > first && Line.isBlank(text.charAt(last - 1))) {
                    last--;
                }
                if (first == last || text.charAt(first) == '#' || text.charAt(first) == '!') {
                    continue;
                }
                if (text.charAt(first) == '}') {
                    break;
                }
                statements.add(statement(start, first, last));
            }
            return List.copyOf(statements);
        }

        private Statement statement(int start, int first, int last) {
            boolean opens = text.charAt(last - 1) == '{';
            int brace = last - 1;
            int stop = opens ? last - 1 : last;
            while (Line.isBlank(text.charAt(stop - 1))) {
                stop--;
            }
            int wordEnd = wordEnd(first, stop);
            Word keyword = word(start, first, wordEnd);
            int behind = behindBlanks(wordEnd, stop);
            List<Word> words = words(start, behind, stop);
            String raw =
                    words.size() == 1 && words.getFirst().text().length() == stop - behind
                            ? words.getFirst().text()
                            : text.substring(behind, stop);
            if (!opens) {
                return new Statement(keyword, words, raw, Optional.empty());
            }
            Diagnostic.Span open = new Diagnostic.Span(file, number, brace - start + 1, 1);
            return new Statement(
                    keyword, words, raw, Optional.of(Statement.Block.of(block(), open)));
        }

        private List<Word> words(int start, int from, int stop) {
            if (from >= stop) {
                return List.of();
            }
            int wordEnd = wordEnd(from, stop);
            Word one = word(start, from, wordEnd);
            int next = behindBlanks(wordEnd, stop);
            if (next >= stop) {
                return List.of(one);
            }
            List<Word> words = new ArrayList<>();
            words.add(one);
            while (next < stop) {
                wordEnd = wordEnd(next, stop);
                words.add(word(start, next, wordEnd));
                next = behindBlanks(wordEnd, stop);
            }
            return words;
        }

        private Word word(int start, int from, int to) {
            return new Word(
                    text.substring(from, to),
                    new Diagnostic.Span(file, number, from - start + 1, to - from),
                    false);
        }

        private int behindBlanks(int from, int to) {
            int index = from;
            while (index < to && Line.isBlank(text.charAt(index))) {
                index++;
            }
            return index;
        }

        private int wordEnd(int from, int to) {
            int index = from;
            while (index < to && !Line.isBlank(text.charAt(index))) {
                index++;
            }
            return index;
        }
    }
}
