package dev.reprise.journal.store;

/**
 * Where executions are kept, divided by what is stored. Every method is one request: atomic, strongly consistent unless
 * it says otherwise, on the caller's thread. What it consumes is added to the meter that it is given. Implementations
 * are safe for use by many threads.
 *
 * <p>Every write may be repeated after an answer was lost: it then does no harm, and its answer tells the caller enough
 * to recognise its own work.
 *
 * <p>Every method throws {@link TransientStoreException} when trying again may help, {@link TableMissingException} when
 * there is no such table, {@link StoreUnavailableException} when trying again does not help, {@link
 * ItemTooLargeException} for an item of more than 400 KB, and {@link CorruptJournalException} for an item that it
 * cannot read.
 */
public interface ExecutionStore extends HeadStore, SegmentStore, ChunkStore, InboxStore, ExecutionIndex, ItemStore {

    /** What DynamoDB takes at once. */
    int LARGEST_BATCH = 25;

    /** The table's name, for messages. */
    String table();

    /** The tasks of its executions that somebody outside does. */
    TaskStore tasks();

    /** What is kept beside the executions: state machines, activities. */
    DocumentStore documents();
}
