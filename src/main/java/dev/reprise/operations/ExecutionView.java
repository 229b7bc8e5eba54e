package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.journal.store.Origin;
import org.jspecify.annotations.Nullable;

/**
 * An execution as those see it who ask for more than how it stands.
 *
 * @param description how it stands
 * @param input what it was given; null where the data were not asked for
 * @param definition SHA-256 of the definition that it runs
 * @param roleArn as its context object shows it
 * @param origin by what it was started
 */
public record ExecutionView(
        ExecutionDescription description, @Nullable JsonNode input, String definition, String roleArn, Origin origin) {}
