package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an execution stands, and how far it has come while it runs: as far as its journal tells, which is what was
 * durable.
 *
 * @param input what it was given; null of one that has ended
 * @param standings where its open scopes stand, {@link #MOST_STANDINGS} at most; empty of one that has ended
 */
public record ExecutionProgress(
        ExecutionDescription description, @Nullable JsonNode input, List<Standing> standings) {

    /** An execution may have a hundred thousand items open. */
    public static final int MOST_STANDINGS = 50;

    public ExecutionProgress {
        standings = List.copyOf(standings);
    }
}
