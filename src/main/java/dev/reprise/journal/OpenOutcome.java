package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.journal.store.Head;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What became of an attempt to take an execution over. */
public sealed interface OpenOutcome {

    /** What becomes of a redrive: its execution has had no resume yet that could have got nowhere. */
    sealed interface OfRedrive {}

    /**
     * The caller owns it, and nothing of it was read yet: what cannot be read keeps nobody from having it go on
     * elsewhere.
     *
     * @param head as it is now
     * @param opening reads what it takes to go on
     */
    record Redriven(Head head, Supplier<Opened> opening) implements OfRedrive {}

    /**
     * The caller owns it. It restores the interpreter from the snapshot, if there is one, replays what comes after
     * that, and goes on.
     *
     * @param head as it is now
     * @param input the execution's input
     * @param snapshot the interpreter's state where the replay begins; null when it begins at the start
     * @param replay gives the entries from there on, and then the journal to append to
     */
    record Opened(Head head, JsonNode input, @Nullable JsonNode snapshot, JournalReplay replay)
            implements OpenOutcome {}

    /**
     * The caller owns it, and is to end it: so many resumes in a row have got nowhere that another would not either.
     *
     * @param resumes how many
     * @param died whether the last of them did not live to give up its lease
     * @param transitions how many it had made since its last entry when its latest snapshot was taken: an end that
     *     interrupts work is not before them
     * @param journal to append to and to close; nothing of it was replayed
     * @param lastEntryAt when its last entry was; the start's time where that cannot be made out
     */
    record Fruitless(Head head, long resumes, boolean died, long transitions, Journal journal, Instant lastEntryAt)
            implements OpenOutcome {}

    /** Another invocation owns it until then. */
    record HeldByOther(Instant until) implements OpenOutcome, OfRedrive {}

    /** It has ended. */
    record AlreadyClosed(Head head) implements OpenOutcome, OfRedrive {}

    /** There is no such execution. */
    record Unknown() implements OpenOutcome, OfRedrive {}
}
