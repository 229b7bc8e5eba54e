package dev.reprise.query.jsonata.regex;

import java.util.List;

/** The structure of a regular expression. */
sealed interface RegexNode {

    /** One character of a set. */
    record One(CharacterSet set) implements RegexNode {}

    /** One after the other. */
    record Sequence(List<RegexNode> parts) implements RegexNode {}

    /** The first that leads to a match. */
    record Choice(List<RegexNode> parts) implements RegexNode {}

    /** What {@code $number} stands for. */
    record Group(int number, RegexNode body) implements RegexNode {}

    /**
     * {@code body} so many times; as many as possible when {@code greedy}. {@code groups} are the first and the number
     * of those behind the last that stand in it.
     */
    record Repeat(RegexNode body, int least, int most, boolean greedy, int firstGroup, int groupsEnd)
            implements RegexNode {}

    /** What is found first is final. */
    record Atomic(RegexNode body) implements RegexNode {}

    /** Whether {@code body} stands here, ahead or behind, or does not. */
    record Look(RegexNode body, boolean ahead, boolean wanted) implements RegexNode {}

    /** The text of a group again. */
    record Back(int number, boolean anyCase) implements RegexNode {}

    /** A place. */
    record At(Place place) implements RegexNode {}

    /** Where a match may be required to stand. */
    enum Place {
        START,
        END,
        LINE_START,
        LINE_END,
        BEFORE_LAST_LINE_END,
        WORD_EDGE,
        INSIDE_WORD
    }
}
