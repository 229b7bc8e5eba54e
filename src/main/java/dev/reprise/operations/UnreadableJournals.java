package dev.reprise.operations;

import dev.reprise.execution.RequestException;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.UnknownVersionException;
import java.util.function.Supplier;

/** What is answered where an execution cannot be read: to ask again is of no use until somebody has looked after it. */
public final class UnreadableJournals {

    private UnreadableJournals() {}

    /**
     * Answers a question.
     *
     * @throws RequestException when what is asked for cannot be read
     */
    static <T> T readably(Supplier<T> question) {
        try {
            return question.get();
        } catch (CorruptJournalException | UnknownVersionException e) {
            throw refusal(e);
        }
    }

    /**
     * The error {@code CorruptJournal} or {@code UnknownVersion}, which says what is unreadable, and what to do.
     *
     * @param unreadable a {@link CorruptJournalException} or {@link UnknownVersionException}
     */
    public static RequestException refusal(JournalException unreadable) {
        return new RequestException(
                unreadable instanceof UnknownVersionException ? "UnknownVersion" : "CorruptJournal",
                String.valueOf(unreadable.getMessage()));
    }
}
