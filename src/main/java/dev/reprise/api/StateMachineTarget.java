package dev.reprise.api;

import dev.reprise.statemachine.Revision;
import dev.reprise.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * What an ARN of a state machine, a version or an alias leads to.
 *
 * @param revision as it was created; null for a workflow file
 * @param version that was asked for or drawn; null when neither
 * @param alias that was asked for; null when none was
 */
record StateMachineTarget(
        Workflow workflow,
        @Nullable Revision revision,
        @Nullable String version,
        @Nullable String alias) {}
