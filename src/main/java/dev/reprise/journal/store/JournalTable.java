package dev.reprise.journal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.codec.ContentHash;

/**
 * The table's keys, indexes and the attributes that these are about. {@code infra/template.yaml} says the same.
 *
 * <p>All three indexes project keys only: what the heads say changes, and each change of a projected attribute would
 * cost a write unit more.
 */
public final class JournalTable {

    /** Partition key, a string. */
    public static final String PK = "pk";

    /** Sort key, a string. */
    public static final String SK = "sk";

    /** Time-to-live attribute, in seconds since 1970. Only on items of closed executions. */
    public static final String EXPIRES_AT = "expiresAt";

    /** Index of all executions by workflow and start time. */
    public static final String BY_WORKFLOW = "by-workflow";

    /** Partition key of {@link #BY_WORKFLOW}, a string. */
    public static final String WORKFLOW = "workflow";

    /** Sort key of {@link #BY_WORKFLOW}, in milliseconds since 1970. */
    public static final String STARTED_AT = "startedAt";

    /** Sparse index of what is due. */
    public static final String BY_DUE = "by-due";

    /** Partition key of {@link #BY_DUE}, a string. */
    public static final String DUE = "due";

    /** Sort key of {@link #BY_DUE}, in milliseconds since 1970. */
    public static final String DUE_AT = "dueAt";

    /**
     * Sparse index of what executions are looked for by, and of when they started: labels, and the ends of those that
     * did not succeed.
     */
    public static final String BY_LABEL = "by-label";

    /** Partition key of {@link #BY_LABEL}, a string. Its sort key is {@link #STARTED_AT}. */
    public static final String LABEL = "label";

    /** {@link #SK} of a label's item begins with it, and {@link #LABEL} of one. */
    private static final String LABELS = "LABEL#";

    /** {@link #SK} of a head. */
    public static final String HEAD = "HEAD";

    /** {@link #SK} of a segment begins with it. */
    public static final String SEGMENT = "SEG#";

    /** {@link #SK} of a fact in the inbox begins with it. */
    public static final String INBOX = "IN#";

    /** {@link #SK} of a waiting task begins with it. */
    public static final String WAITING = "WAIT#";

    /** {@link #SK} of a queued task begins with it. */
    public static final String QUEUED = "TASK#";

    /** Attribute of a waiting task: counts its changes. */
    public static final String VERSION = "version";

    /** Name of a content-addressed value's chunks begins with it. */
    public static final String BLOB = "BLOB#";

    /** Name of a snapshot's chunks begins with it. */
    public static final String SNAPSHOT = "SNAP#";

    /** Partition of a definition begins with it. */
    public static final String DEFINITION = "DEF#";

    /** Name of a definition's chunks. */
    public static final String DEFINITION_TEXT = "TEXT";

    /** Partition of the documents that hold the wrapped data keys. */
    public static final String DATA_KEYS = "DATAKEYS";

    /** Begins {@link #DUE} of executions to resume. */
    public static final String RESUME = "RESUME#";

    /** Begins {@link #DUE} of executions whose items are to be deleted. */
    public static final String SWEEP = "SWEEP#";

    /** An index partition takes 1,000 writes a second, so what is due is spread over this many. */
    public static final int DUE_PARTITIONS = 8;

    /** Its number has twelve digits. */
    private static final long LAST_SEGMENT = 999_999_999_999L;

    private JournalTable() {}

    /** Partition of an execution in {@link #BY_DUE}. */
    public static String due(String kind, ExecutionId id) {
        return kind + Math.floorMod(id.name().hashCode(), DUE_PARTITIONS);
    }

    /** Sort key of segment {@code number}: text order is number order. */
    public static String segmentKey(long number) {
        return SEGMENT + twelveDigits(number);
    }

    /**
     * Comes right before the sort key of segment {@code number}, and after the one before it; {@link Long#MAX_VALUE}
     * stands for one after the last that there can be.
     */
    public static String segmentKeyBelow(long number) {
        return number > LAST_SEGMENT ? SEGMENT + '~' : segmentKey(number - 1) + '~';
    }

    /** Sort key of a chunk. */
    public static String chunkKey(String name, int index) {
        return name + '#' + fourDigits(index);
    }

    /**
     * Key of a fact: its run of the execution, then its time, then what tells it from others.
     *
     * @param redrives {@link Head#redrives} of the run that the fact is for
     */
    public static String inboxKey(int redrives, long millis, String unique) {
        return inboxRun(redrives) + String.format("-%015d-", millis) + unique;
    }

    /** Comes right before the keys of one run's facts, as a key that was read: {@link #inboxKeyAfter}. */
    public static String inboxRun(int redrives) {
        return fourDigits(redrives);
    }

    /**
     * Comes right after a fact's sort key, and before the next one's: facts' keys are digits, letters and {@code -}.
     */
    public static String inboxKeyAfter(String key) {
        return INBOX + key + '!';
    }

    /** Partition of a definition. */
    public static String definitionPartition(String hash) {
        return DEFINITION + hash;
    }

    /**
     * Partition of what tells that activities were deleted, by their names. One that was never created is there for
     * whoever polls it.
     */
    public static final String DELETED_ACTIVITIES = "ACTIVITIES#DELETED";

    /** Partition of a label in {@link #BY_LABEL}. */
    public static String label(String name, String value) {
        return LABELS + name + '=' + value;
    }

    /**
     * Sort key of a label's item. The value is part of it: whoever loses the race for an execution's name has written
     * his labels, and takes none from whoever wins.
     */
    public static String labelKey(String name, String value) {
        byte[] text = value.getBytes(UTF_8);
        return LABELS + name + '#' + ContentHash.of(text, text.length);
    }

    /** Partition of executions of a workflow that ended in that way, in {@link #BY_LABEL}. */
    public static String ended(String workflow, ExecutionStatus status) {
        return "STATUS#" + workflow + '#' + status;
    }

    /** Partition of an activity's queue. */
    public static String activityPartition(String activity) {
        return "ACT#" + activity;
    }

    public static String twelveDigits(long number) {
        String digits = Long.toString(number);
        return "000000000000".substring(Math.min(12, digits.length())) + digits;
    }

    private static String fourDigits(int number) {
        String digits = Integer.toString(number);
        return "0000".substring(Math.min(4, digits.length())) + digits;
    }
}
