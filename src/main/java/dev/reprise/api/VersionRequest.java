package dev.reprise.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked about versions of state machines, and aliases of versions. */
public sealed interface VersionRequest extends ApiRequest {

    /**
     * A version that an alias leads to.
     *
     * @param weight how many of a hundred executions start it
     */
    record Route(String stateMachineVersionArn, int weight) {}

    /**
     * Publishes a version of what a state machine is now.
     *
     * @param revisionId what it has to be; null for whatever it is
     */
    record PublishStateMachineVersion(
            String stateMachineArn,
            @Nullable String revisionId,
            @Nullable String description) implements VersionRequest {}

    /** Deletes a version. */
    record DeleteStateMachineVersion(String stateMachineVersionArn) implements VersionRequest {}

    /** Tells which versions there are, the newest first. */
    record ListStateMachineVersions(String stateMachineArn, Paging paging) implements VersionRequest {}

    /** Makes an alias. */
    record CreateStateMachineAlias(@Nullable String description, String name, List<Route> routes)
            implements VersionRequest {}

    /**
     * Changes an alias.
     *
     * @param routes null to leave them
     */
    record UpdateStateMachineAlias(
            String stateMachineAliasArn,
            @Nullable String description,
            @Nullable List<Route> routes) implements VersionRequest {}

    /** Deletes an alias. */
    record DeleteStateMachineAlias(String stateMachineAliasArn) implements VersionRequest {}

    /** Tells what an alias is. */
    record DescribeStateMachineAlias(String stateMachineAliasArn) implements VersionRequest {}

    /** Tells which aliases there are of a state machine, or of a version of it. */
    record ListStateMachineAliases(String stateMachineArn, Paging paging) implements VersionRequest {}
}
