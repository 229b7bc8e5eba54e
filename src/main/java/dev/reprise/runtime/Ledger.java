package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.InboxFact;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a runner's facts go: the journal of an execution that survives its process, or nowhere. Used by the thread that
 * owns the execution only.
 */
public interface Ledger {

    /**
     * Fixes the entry's place. It is not durable yet.
     *
     * @return the entry as a replay will read it, which is what must be applied
     */
    Entry append(Entry entry);

    /** A fact from the inbox has been appended, or nobody waits for it: with the next flush it may go. */
    void taken(InboxFact fact);

    /**
     * Makes facts durable that cannot be appended, because work is left that comes before them: they are found in the
     * inbox.
     */
    void leave(List<? extends Entry> facts);

    /**
     * Makes everything appended so far durable, and returns when it is.
     *
     * @param state the interpreter's state at this place, asked for when a snapshot is worth its bytes
     */
    void flush(Supplier<JsonNode> state);

    /** What other invocations have left for this execution since the last look. */
    List<InboxFact> readInbox();

    /** Whether the execution can be suspended. */
    boolean canSuspend();

    /**
     * Makes everything durable, and gives the execution up until it is resumed: there is nothing to do but wait.
     *
     * @param wakeAt when somebody is to resume it; null when only a message from outside does
     * @param state the interpreter's state at this place
     * @return false when a message has arrived meanwhile: the execution is still ours, and there is more to do
     */
    boolean suspend(@Nullable Instant wakeAt, Supplier<JsonNode> state);

    /**
     * Makes everything durable, and gives the execution up for lack of time: it is to go on at once.
     *
     * @param amidWork whether work is left that no entry tells of, so that the state is to be kept whatever it weighs
     * @return false when a message has arrived meanwhile: the execution is still ours
     */
    boolean breakOff(Instant now, Supplier<JsonNode> state, boolean amidWork);

    /**
     * Makes everything durable and ends the execution.
     *
     * @param followsFromEntries whether a replay gives the outcome, so that a large one need not be kept
     * @param lastEvent number of the history's last event
     */
    void close(Outcome outcome, Instant stoppedAt, boolean followsFromEntries, long lastEvent);
}
