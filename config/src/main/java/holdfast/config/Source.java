package holdfast.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something that lines come from. The innermost of a stack of them is asked for the next line.
///
/// Each has a position; confined to one thread.
sealed interface Source {

    /// The next line; empty when there are no more.
    Optional<Line> next();

    /// The lines of a file, as they stand there.
    final class File implements Source {
        private final String path;
        private final String directory;
        private final String text;

        /// What the checks on includes become when this file is finished.
        private final Optional<Set<IncludeCheck>> checksAfter;

        private int at;
        private int number;

        File(Includes.Opened opened, Optional<Set<IncludeCheck>> checksAfter) {
            this.path = opened.path();
            this.directory = opened.directory();
            this.text = opened.text();
            this.checksAfter = checksAfter;
        }

        @Override
        public Optional<Line> next() {
            // What follows the last line feed is a line only if there is something.
            if (at >= text.length()) {
                return Optional.empty();
            }
            int feed = text.indexOf('\n', at);
            int next = feed < 0 ? text.length() : feed;
            int end = next;
            while (end > at && text.charAt(end - 1) == '\r') {
                end--;
            }
            String line = text.substring(at, end);
            at = next + 1;
            return Optional.of(Line.of(path, ++number, line));
        }

        /// A block that begins with the next line, if it is plain; its lines are taken then.
        Optional<PlainBlock> plainBlock(
                Diagnostic.Span open, int headColumn, int depthMax, int linesMax) {
            Optional<PlainBlock> block =
                    PlainBlock.find(
                            new PlainBlock.Opening(path, text, at, number + 1, open),
                            headColumn,
                            depthMax,
                            linesMax);
            if (block.isPresent()) {
                at = block.get().next();
                number += block.get().lines();
            }
            return block;
        }

        String directory() {
            return directory;
        }

        Optional<Set<IncludeCheck>> checksAfter() {
            return checksAfter;
        }
    }

    /// Lines that are there already: the rest of a definition, or of a line that was split.
    final class Rest implements Source {
        private final List<Line> lines;
        private int index;

        Rest(List<Line> lines) {
            this.lines = List.copyOf(lines);
        }

        @Override
        public Optional<Line> next() {
            return index < lines.size() ? Optional.of(lines.get(index++)) : Optional.empty();
        }
    }

    /// The rounds of a loop. Sets the variables of a round when its line is taken.
    final class Rounds implements Source {
        private final Loop loop;
        private final Definitions definitions;
        private long index;

        Rounds(Loop loop, Definitions definitions) {
            this.loop = loop;
            this.definitions = definitions;
        }

        @Override
        public Optional<Line> next() {
            if (index >= loop.count()) {
                return Optional.empty();
            }
            List<String> values = loop.round(index++);
            for (int i = 0; i < values.size(); i++) {
                definitions.define(loop.variables().get(i), values.get(i));
            }
            return Optional.of(loop.text());
        }
    }
}
