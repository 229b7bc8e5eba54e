package dev.reprise.api;

import dev.reprise.statemachine.Alias;
import dev.reprise.statemachine.CreatedStateMachine;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.statemachine.PublishedVersion;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.workflow.WorkflowCatalogue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds what ARNs of state machines lead to. Thread-safe. */
final class StateMachineTargets {

    private final WorkflowCatalogue files;
    private final KnownWorkflows workflows;
    private final StateMachineTable created;
    private final RandomGenerator random;

    StateMachineTargets(ApiServices services) {
        this.files = services.files();
        this.workflows = services.workflows();
        this.created = services.created();
        this.random = services.random();
    }

    static ApiException doesNotExist(String arn) {
        return ApiException.of("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }

    /**
     * What an execution runs that is started by this ARN.
     *
     * @throws ApiException {@code StateMachineDoesNotExist} when it leads nowhere
     */
    StateMachineTarget find(String stateMachineArn) {
        ApiArn.StateMachine arn = ApiArn.unlabelled(stateMachineArn);
        String name = arn.name();
        if (files.has(name)) {
            if (arn.qualifier() != null) {
                throw doesNotExist(stateMachineArn);
            }
            return new StateMachineTarget(files.named(name), null, null, null);
        }
        CreatedStateMachine machine = created.recent(name);
        if (machine == null) {
            throw doesNotExist(stateMachineArn);
        }
        if (arn.qualifier() == null) {
            return new StateMachineTarget(
                    workflows.runnable(name, machine.express(), machine.current()), machine.current(), null, null);
        }
        return arn.isVersion() ? version(machine, arn, stateMachineArn) : alias(machine, arn, stateMachineArn);
    }

    private StateMachineTarget version(CreatedStateMachine machine, ApiArn.StateMachine arn, String text) {
        PublishedVersion version = created.versions().version(machine.name(), arn.version());
        if (version == null) {
            throw doesNotExist(text);
        }
        return target(machine, version, null);
    }

    private StateMachineTarget target(CreatedStateMachine machine, PublishedVersion version, @Nullable String alias) {
        return new StateMachineTarget(
                workflows.runnable(machine.name(), machine.express(), version.revision()),
                version.revision(),
                Long.toString(version.number()),
                alias);
    }

    private StateMachineTarget alias(CreatedStateMachine machine, ApiArn.StateMachine arn, String text) {
        Alias alias = created.versions().alias(machine.name(), String.valueOf(arn.qualifier()));
        PublishedVersion version = alias == null
                ? null
                : created.versions().version(machine.name(), alias.version(random.nextInt(Alias.ALL)));
        if (alias == null || version == null) {
            throw doesNotExist(text);
        }
        return target(machine, version, alias.name());
    }
}
