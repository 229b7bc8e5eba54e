package dev.reprise.journal.codec;

import dev.reprise.execution.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an entry tells, as its first field says it, with the further fields that go with it. {@link EntryWriter} and
 * {@link EntryReader} share it, and both switch over all of it: a kind that one of them does not know does not compile.
 */
public enum EntryKind {
    SUBMITTED("submitted", "output", "outputBlob"),
    STARTED("started", "worker"),
    HEARD("heard", "heardAt"),
    READ("read", "version", "count"),
    SUCCEEDED("succeeded", "output", "outputBlob"),
    FAILED("failed", "error", "cause", "errorBlob"),
    FIRED("fired", "kind"),
    STOPPED("stopped", "error", "cause", "errorBlob"),
    GIVEN_UP("givenUp", "error", "cause", "errorBlob"),
    REDRIVEN("redriven", "count");

    private static final Map<String, EntryKind> BY_FIELD = new HashMap<>();

    static {
        for (EntryKind kind : values()) {
            BY_FIELD.put(kind.field, kind);
        }
    }

    private final String field;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives one that nobody can change
    private final Set<String> fields;

    EntryKind(String field, String... fields) {
        this.field = field;
        this.fields = Set.of(fields);
    }

    /** The field that says so; its value is the effect that the entry is about. */
    String field() {
        return field;
    }

    /**
     * Whether an entry of this kind may have that field, beside those that any may have: {@code at}, {@code
     * transitions}.
     */
    boolean has(String name) {
        return fields.contains(name);
    }

    /** The kind that a field names; null when it names none. */
    static @Nullable EntryKind named(String field) {
        return BY_FIELD.get(field);
    }

    /**
     * What an entry is written as.
     *
     * @throws IllegalArgumentException for the start of an execution, which is its head
     */
    public static EntryKind of(Entry entry) {
        return switch (entry) {
            case Entry.TaskSubmitted submitted -> SUBMITTED;
            case Entry.TaskStarted started -> STARTED;
            case Entry.TaskHeard heard -> HEARD;
            case Entry.ItemsRead read -> READ;
            case Entry.TaskSucceeded succeeded -> SUCCEEDED;
            case Entry.TaskFailed failed -> FAILED;
            case Entry.TimerFired fired -> FIRED;
            case Entry.Stopped stopped -> STOPPED;
            case Entry.GivenUp givenUp -> GIVEN_UP;
            case Entry.Redriven redriven -> REDRIVEN;
            case Entry.Interrupted interrupted -> of(interrupted.end());
            case Entry.Started started ->
                throw new IllegalArgumentException("The start of an execution is its head, not an entry to be written");
        };
    }
}
