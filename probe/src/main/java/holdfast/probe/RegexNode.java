package holdfast.probe;

import java.util.List;

/// A part of a pattern, as it was read.
sealed interface RegexNode {

    /// One letter of a set.
    record One(Letters letters) implements RegexNode {}

    /// All in turn; none matches nothing.
    record Sequence(List<RegexNode> parts) implements RegexNode {
        static final Sequence EMPTY = new Sequence(List.of());

        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /// The first that leads to a match.
    record Choice(List<RegexNode> branches) implements RegexNode {
        public Choice {
            branches = List.copyOf(branches);
        }
    }

    /// @param most [#ENDLESS] for as often as you like
    record Repeat(RegexNode body, int least, int most, Greed greed) implements RegexNode {}

    /// @param number from 1
    record Capture(int number, RegexNode body) implements RegexNode {}

    /// Whatever is found first in it stands.
    record Atomic(RegexNode body) implements RegexNode {}

    record Look(RegexNode body, boolean behind, boolean negative) implements RegexNode {}

    /// The text of the first of these groups that has one.
    record Back(List<Integer> groups, boolean caseless) implements RegexNode {
        public Back {
            groups = List.copyOf(groups);
        }
    }

    record At(Place place) implements RegexNode {}

    /// @param group that must have matched for `yes`
    record IfSet(int group, RegexNode yes, RegexNode no) implements RegexNode {}

    record IfSeen(Look condition, RegexNode yes, RegexNode no) implements RegexNode {}

    int ENDLESS = Integer.MAX_VALUE;

    enum Greed {
        GREEDY,
        LAZY,
        POSSESSIVE
    }

    /// Places between letters.
    enum Place {
        TEXT_START,
        LINE_START,
        /// As [#LINE_START], and behind a line feed that ends the text.
        ANY_LINE_START,
        TEXT_END,
        /// The end, or before a line feed that is the end.
        LAST_LINE_END,
        LINE_END,
        SEARCH_START,
        WORD_EDGE,
        NO_WORD_EDGE,
        UNICODE_WORD_EDGE,
        NO_UNICODE_WORD_EDGE
    }
}
