package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic.Severity;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What is asked about state machines. */
public sealed interface StateMachineRequest extends ApiRequest {

    /**
     * Makes one.
     *
     * @param publish whether its first version is published
     */
    record CreateStateMachine(
            String name,
            String definition,
            String roleArn,
            boolean express,
            @Nullable JsonNode loggingConfiguration,
            SortedMap<String, String> tags,
            @Nullable JsonNode tracingConfiguration,
            boolean publish,
            @Nullable String versionDescription,
            @Nullable JsonNode encryptionConfiguration)
            implements StateMachineRequest {}

    /**
     * Changes one.
     *
     * @param publish whether a version is published of what it is then
     */
    record UpdateStateMachine(
            String stateMachineArn,
            @Nullable String definition,
            @Nullable String roleArn,
            @Nullable JsonNode loggingConfiguration,
            @Nullable JsonNode tracingConfiguration,
            boolean publish,
            @Nullable String versionDescription,
            @Nullable JsonNode encryptionConfiguration)
            implements StateMachineRequest {}

    /** Deletes one with its versions and aliases. */
    record DeleteStateMachine(String stateMachineArn) implements StateMachineRequest {}

    /** Tells what one is. */
    record DescribeStateMachine(String stateMachineArn, boolean withData) implements StateMachineRequest {}

    /** Tells which there are. */
    record ListStateMachines(Paging paging) implements StateMachineRequest {}

    /**
     * Tells what is wrong with a definition.
     *
     * @param maxResults 1 to 100
     */
    record ValidateStateMachineDefinition(String definition, boolean express, Severity severity, int maxResults)
            implements StateMachineRequest {}
}
