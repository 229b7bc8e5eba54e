package dev.reprise.api;

import dev.reprise.operations.ExecutionView;
import dev.reprise.operations.Invocation;
import dev.reprise.query.check.VariableReferences;
import dev.reprise.statemachine.Alias;
import dev.reprise.statemachine.CreatedStateMachine;
import dev.reprise.statemachine.PublishedVersion;
import dev.reprise.statemachine.Revision;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How state machines look: those in files, and those that were created. Thread-safe. */
final class StateMachineViews {

    private final ApiServices services;

    StateMachineViews(ApiServices services) {
        this.services = services;
    }

    /** What an ARN of a state machine, a version or an alias leads to. */
    StateMachineAnswer.Described describe(String stateMachineArn, boolean withData, Invocation invocation) {
        ApiArn.StateMachine arn = ApiArn.stateMachine(stateMachineArn);
        if (arn.label() != null) {
            throw StateMachineTargets.doesNotExist(stateMachineArn);
        }
        Identities identities = Identities.of(invocation);
        WorkflowFile file = services.files().file(arn.name());
        if (file != null && arn.qualifier() == null) {
            return describe(file, withData, identities);
        }
        CreatedStateMachine machine = file == null ? services.created().find(arn.name()) : null;
        if (machine == null) {
            throw StateMachineTargets.doesNotExist(stateMachineArn);
        }
        if (arn.qualifier() == null) {
            return described(
                    identities.stateMachine(machine.name()),
                    machine,
                    machine.createdAt(),
                    machine.current(),
                    null,
                    withData);
        }
        PublishedVersion version = services.created().versions().version(machine.name(), number(arn, stateMachineArn));
        if (version == null) {
            throw StateMachineTargets.doesNotExist(stateMachineArn);
        }
        return described(
                identities.qualified(machine.name(), arn.qualifier()),
                machine,
                version.createdAt(),
                version.revision(),
                version.description(),
                withData);
    }

    private long number(ApiArn.StateMachine arn, String text) {
        if (arn.isVersion()) {
            return arn.version();
        }
        Alias alias = services.created().versions().alias(arn.name(), String.valueOf(arn.qualifier()));
        if (alias == null) {
            throw StateMachineTargets.doesNotExist(text);
        }
        return alias.routes().getFirst().version();
    }

    private StateMachineAnswer.Described described(
            String arn,
            CreatedStateMachine machine,
            Instant createdAt,
            Revision revision,
            @Nullable String description,
            boolean withData) {
        Workflow workflow = services.workflows().runnable(machine.name(), machine.express(), revision);
        return new StateMachineAnswer.Described(
                arn,
                machine.name(),
                machine.express(),
                "creationDate",
                createdAt,
                revision,
                withData ? workflow.definition().text() : null,
                withData ? VariableReferences.of(workflow.program().machine()) : null,
                description);
    }

    /** One that cannot run is shown all the same: whoever looks at it wants to know what it says. */
    private StateMachineAnswer.Described describe(WorkflowFile file, boolean withData, Identities identities) {
        Workflow workflow = file.workflow();
        return new StateMachineAnswer.Described(
                identities.stateMachine(file.name()),
                file.name(),
                workflow != null && workflow.express(),
                "creationDate",
                changed(file.path()),
                new Revision(null, "", identities.roleArn(), null, null, null),
                withData
                        ? (workflow == null
                                ? text(file.path())
                                : workflow.definition().text())
                        : null,
                withData && workflow != null
                        ? VariableReferences.of(workflow.program().machine())
                        : null,
                null);
    }

    /** What an execution runs, as it was when the execution began. */
    StateMachineAnswer.Described ofExecution(String executionArn, ExecutionView execution, boolean withData) {
        String arn = execution.description().stateMachineArn();
        String name = ApiArn.execution(executionArn).machine();
        Workflow workflow = services.workflows()
                .runnable(
                        name, false, new Revision(null, execution.definition(), execution.roleArn(), null, null, null));
        CreatedStateMachine current = currently(name, execution);
        Revision revision = current != null
                ? current.current()
                : new Revision(
                        execution.origin().revision(), execution.definition(), execution.roleArn(), null, null, null);
        return new StateMachineAnswer.Described(
                arn,
                name,
                null,
                "updateDate",
                current != null ? current.updatedAt() : execution.description().startDate(),
                revision,
                withData ? workflow.definition().text() : null,
                withData ? VariableReferences.of(workflow.program().machine()) : null,
                null);
    }

    /** The created state machine of that name, if the execution runs what it is now; null if not. */
    private @Nullable CreatedStateMachine currently(String name, ExecutionView execution) {
        CreatedStateMachine machine =
                services.files().has(name) ? null : services.created().find(name);
        boolean isCurrent = machine != null
                && Objects.equals(machine.current().id(), execution.origin().revision())
                && machine.current().definition().equals(execution.definition());
        return isCurrent ? machine : null;
    }

    static Instant changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
