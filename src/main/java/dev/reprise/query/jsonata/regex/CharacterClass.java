package dev.reprise.query.jsonata.regex;

import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The members of a class in brackets: ranges, in which a character is found by halving, and a few other sets. */
final class CharacterClass {

    /** How many sets other than ranges a class may have: each is asked in turn. */
    private static final int MOST = 50;

    private final List<CharacterSet.Range> ranges = new ArrayList<>();
    private final List<CharacterSet> others = new ArrayList<>();

    /** @throws SyntaxException when there are too many */
    void add(CharacterSet member) {
        if (member instanceof CharacterSet.Range range) {
            ranges.add(range);
        } else if (!others.contains(member)) {
            if (others.size() == MOST) {
                throw new SyntaxException("Invalid regular expression: a character class is too large");
            }
            others.add(member);
        }
    }

    /** A character of any of the members. */
    CharacterSet set() {
        List<CharacterSet.Range> merged = new ArrayList<>();
        ranges.sort(Comparator.comparingInt(CharacterSet.Range::from));
        for (CharacterSet.Range range : ranges) {
            CharacterSet.Range last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && range.from() <= last.to() + 1) {
                merged.set(merged.size() - 1, new CharacterSet.Range(last.from(), Math.max(last.to(), range.to())));
            } else {
                merged.add(range);
            }
        }
        int[] from = merged.stream().mapToInt(CharacterSet.Range::from).toArray();
        int[] to = merged.stream().mapToInt(CharacterSet.Range::to).toArray();
        CharacterSet[] rest = others.toArray(CharacterSet[]::new);
        boolean[] ascii = new boolean[128];
        for (int c = 0; c < ascii.length; c++) {
            ascii[c] = contains(c, from, to, rest);
        }
        return c -> c < ascii.length ? ascii[c] : contains(c, from, to, rest);
    }

    private static boolean contains(int character, int[] from, int[] to, CharacterSet[] rest) {
        int low = 0;
        int high = from.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (character < from[middle]) {
                high = middle - 1;
            } else if (character > to[middle]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        for (CharacterSet set : rest) {
            if (set.contains(character)) {
                return true;
            }
        }
        return false;
    }
}
