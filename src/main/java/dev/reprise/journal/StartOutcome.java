package dev.reprise.journal;

import dev.reprise.execution.Entry;
import dev.reprise.journal.store.Head;

/** What became of a start. */
public sealed interface StartOutcome {

    /** What becomes of a start whose execution nobody runs yet: none is created in the caller's hands. */
    sealed interface OfSubmission extends StartOutcome {}

    /**
     * It is started, durably, and the caller owns it.
     *
     * @param started the first entry, as a replay will read it
     */
    record Created(Head head, Entry.Started started, Journal journal) implements StartOutcome {}

    /** There is one of that name with that input already: the same start, asked for again. */
    record Exists(Head head) implements OfSubmission {}

    /** There is one of that name with another input: {@code ExecutionAlreadyExists}. */
    record Conflict(Head head) implements OfSubmission {}
}
