package dev.reprise.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.DefinitionText;
import dev.reprise.asl.StateMachine;
import dev.reprise.core.Labels;
import dev.reprise.core.Program;
import dev.reprise.core.Redaction;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.store.Caller;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that can run.
 *
 * @param name as requests name it
 * @param definition its text
 * @param program the text, compiled
 * @param express whether its executions leave no journal
 * @param roleArn as the context object shows it; null for the role of the function
 */
public record Workflow(
        String name,
        DefinitionText definition,
        Program program,
        boolean express,
        @Nullable String roleArn) {

    private static final Logger LOG = Logger.getLogger(Workflow.class);

    /** One that is express when its text says so. */
    public Workflow(String name, DefinitionText definition, Program program) {
        this(name, definition, program, program.machine().durability() == StateMachine.Durability.NONE, null);
    }

    /**
     * An execution of it that is to be started.
     *
     * @param caller the task of another execution that starts it; null when none does
     * @param lease who runs it, and until when; null when it is to be woken up first
     */
    public NewExecution newExecution(
            ExecutionIdentity identity,
            JsonNode input,
            Instant startedAt,
            @Nullable Caller caller,
            @Nullable Lease lease) {
        return newExecution(identity, input, startedAt, caller, lease, Origin.NONE);
    }

    /**
     * The same, started by something that it is to tell of.
     *
     * @param caller the task of another execution that starts it; null when none does
     * @param lease who runs it, and until when; null when it is to be woken up first
     */
    public NewExecution newExecution(
            ExecutionIdentity identity,
            JsonNode input,
            Instant startedAt,
            @Nullable Caller caller,
            @Nullable Lease lease,
            Origin origin) {
        return new NewExecution(
                identity,
                input,
                definition.sha256(),
                definition.text(),
                startedAt,
                program.machine().retention(),
                program.isAnsweredFromOutside(),
                caller,
                lease,
                labelled(origin, identity, input, startedAt));
    }

    /**
     * What it is started by may give it labels too, which come first: those of the definition for which there is no
     * room beside them are left out.
     */
    private Origin labelled(Origin origin, ExecutionIdentity identity, JsonNode input, Instant startedAt) {
        Labels labels = program.labels();
        if (labels == null) {
            return origin;
        }
        Consumer<String> leftOut = why -> LOG.warnf(
                "%s bears a label less: %s",
                identity.executionArn(), Redaction.of(program.machine(), input).quoted(why));
        Map<String, String> all = new TreeMap<>(origin.labels());
        labels.of(identity, input, startedAt, leftOut).forEach((name, value) -> {
            if (all.size() < StateMachine.MOST_LABELS || all.containsKey(name)) {
                all.putIfAbsent(name, value);
            } else {
                leftOut.accept("there is no room for '" + name + "' among the " + StateMachine.MOST_LABELS
                        + " that an execution may bear");
            }
        });
        return origin.labelled(all);
    }
}
