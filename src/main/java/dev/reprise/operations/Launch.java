package dev.reprise.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.store.Origin;
import dev.reprise.workflow.Workflow;

/**
 * An execution that is to be started.
 *
 * @param workflow what it runs
 * @param identity its names
 * @param input its input
 * @param origin by what it is started
 */
public record Launch(Workflow workflow, ExecutionIdentity identity, JsonNode input, Origin origin) {}
