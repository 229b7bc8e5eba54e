package dev.reprise.journal;

/** What became of an attempt to suspend. */
public sealed interface SuspendOutcome {

    /** The lease is given up; the journal takes no further call. */
    record Suspended() implements SuspendOutcome {}

    /** Somebody put a fact into the inbox since it was last read: read it, and go on. */
    record InboxMoved() implements SuspendOutcome {}
}
