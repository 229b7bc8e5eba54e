package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ExecutionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a definition would have done with the facts of an execution of the past.
 *
 * @param differences where it goes another way, in the order in which it comes there; empty when it does the same
 * @param otherData the first state that gives other data, as long as it goes on in the same way; null when none does
 * @param then how it ended
 * @param now how it ends
 * @param facts how many answers of tasks the past has
 * @param leftOver those among them that are not asked for any more, the first ones
 * @param leftOverCount how many these are in all
 * @param events what the replay did, the first ones
 * @param eventCount how many these are in all
 */
public record ReplayResult(
        List<Difference> differences,
        @Nullable Difference otherData,
        End then,
        End now,
        int facts,
        List<LeftOver> leftOver,
        int leftOverCount,
        List<HistoryEvent> events,
        long eventCount) {

    /**
     * How an execution ended.
     *
     * @param status {@code RUNNING} when it has not
     * @param output null when it did not succeed
     * @param error null when there is none
     * @param cause null when there is none
     */
    public record End(
            ExecutionStatus status,
            @Nullable JsonNode output,
            @Nullable String error,
            @Nullable String cause) {}

    /**
     * An answer that is not asked for any more.
     *
     * @param state whose task gave it, by its name of then
     * @param scope where the state stood, such as {@code /} or {@code /Each[3]}
     * @param attempt which call of the task, from 0
     * @param event the number of the event that tells of the answer
     */
    public record LeftOver(String state, String scope, int attempt, long event) {}

    /** What comes of it, in one word. */
    public enum Verdict {
        /** It goes the same way to the same end. */
        SAME,
        /** It goes another way. */
        DIFFERENT,
        /** It asks for something of which the past knows no answer, before it goes any other way. */
        UNKNOWN
    }

    public ReplayResult {
        differences = List.copyOf(differences);
        leftOver = List.copyOf(leftOver);
        events = List.copyOf(events);
    }

    /** What comes of it. */
    public Verdict verdict() {
        if (differences.isEmpty()) {
            return Verdict.SAME;
        }
        return differences.getFirst().kind() == Difference.Kind.NO_ANSWER ? Verdict.UNKNOWN : Verdict.DIFFERENT;
    }
}
