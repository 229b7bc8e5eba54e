package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state machine, parsed and valid.
 *
 * @param comment null when absent
 * @param queryLanguage of the states that name none
 * @param timeout {@code TimeoutSeconds} of the whole execution; null when absent or 0
 * @param body its states
 * @param durability whether executions are journaled
 * @param retention how long a finished execution is kept
 * @param source the text that it was read from, which identifies it
 * @param labels {@code Reprise.Labels}, a template of the business keys that its executions bear; null when absent
 * @param redacted {@code Reprise.Redact}: where values stand that nobody is to see
 * @see <a href="https://states-language.net/#toplevelfields">ASL, Top-level fields</a>
 */
public record StateMachine(
        @Nullable String comment,
        QueryLanguage queryLanguage,
        @Nullable Duration timeout,
        Body body,
        Durability durability,
        Period retention,
        DefinitionText source,
        @Nullable JsonNode labels,
        List<RedactedPath> redacted) {

    public StateMachine {
        redacted = List.copyOf(redacted);
    }

    /** An execution bears so many labels at most, whoever gives them. */
    public static final int MOST_LABELS = 10;

    /** One whose executions bear no labels, and hide nothing. */
    public StateMachine(
            @Nullable String comment,
            QueryLanguage queryLanguage,
            @Nullable Duration timeout,
            Body body,
            Durability durability,
            Period retention,
            DefinitionText source) {
        this(comment, queryLanguage, timeout, body, durability, retention, source, null, List.of());
    }

    /** {@code Reprise.Retention} where the file says nothing. */
    public static final Period DEFAULT_RETENTION = Period.ofDays(14);

    /** {@code Reprise.Durability}. */
    public enum Durability {
        /** Every fact is written to the journal, so the execution survives its process. */
        JOURNALED,
        /** Nothing is written and nothing suspends. */
        NONE
    }
}
