package dev.reprise.workflow;

import dev.reprise.asl.SourcePosition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A definition with its tokens replaced, which still knows the text that it comes from.
 *
 * @param source the file's text
 * @param text what it becomes
 * @param replaced where they differ, in order
 * @param used the tokens that were replaced, those inside of values too
 * @param problems what could not be replaced
 */
record SubstitutedText(String source, String text, List<Replaced> replaced, Set<String> used, List<Problem> problems) {

    SubstitutedText {
        replaced = List.copyOf(replaced);
        used = Set.copyOf(used);
        problems = List.copyOf(problems);
    }

    /**
     * A token that was replaced.
     *
     * @param sourceStart where it begins in the source
     * @param sourceEnd behind it
     * @param start where its value begins in the text
     * @param end behind that
     */
    record Replaced(String token, int sourceStart, int sourceEnd, int start, int end) {}

    /**
     * A token that could not be replaced.
     *
     * @param position in the source
     */
    record Problem(SourcePosition position, String message) {}

    /** Where a place of the text stands in the file. All of a value stands where its token does. */
    SourcePosition inSource(SourcePosition position) {
        if (replaced.isEmpty()) {
            return position;
        }
        int at = Lines.offset(text, position);
        Replaced before = lastBefore(at);
        if (before == null) {
            return position;
        }
        return Lines.position(
                source, at < before.end() ? before.sourceStart() : at - before.end() + before.sourceEnd());
    }

    /** The token whose value stands there; null when that is the file's own text. */
    @Nullable
    String tokenAt(SourcePosition position) {
        int at = Lines.offset(text, position);
        Replaced before = lastBefore(at);
        return before != null && at <= before.end() ? before.token() : null;
    }

    /** The last one that begins at an offset of the text, or before. */
    private @Nullable Replaced lastBefore(int offset) {
        int low = 0;
        int high = replaced.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (replaced.get(middle).start() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : replaced.get(low - 1);
    }
}
