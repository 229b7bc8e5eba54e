package dev.reprise.examples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Provisions;
import dev.reprise.journal.History;
import dev.reprise.journal.NewExecution;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An execution that ran live from its start to its end.
 *
 * @param entries its journal
 * @param tasksRun the idempotency keys of its tasks
 * @param events its history
 * @param provisions reads its data sets again
 */
record Recording(
        Workflow workflow,
        Head head,
        List<Entry> entries,
        ExecutionDescription ended,
        List<String> tasksRun,
        List<JsonNode> events,
        Provisions provisions) {

    static Recording of(SimulatedFunction function, Workflow workflow, JsonNode input, Provisions provisions) {
        ExecutionDescription ended = function.run(workflow.name(), "sample", input);
        History history = Objects.requireNonNull(function.journals().history(ExecutionId.ofArn(ended.executionArn())));
        List<Entry> entries = new ArrayList<>();
        history.entries().forEachRemaining(entries::add);
        return new Recording(
                workflow,
                history.head(),
                List.copyOf(entries),
                ended,
                function.tasksRun(),
                function.history(ended.executionArn()),
                provisions);
    }

    /** The same execution, begun anew by an invocation whose time is up at once. */
    NewExecution begunAnew() {
        Beginning beginning = head.beginning();
        return new NewExecution(
                head.identity(),
                ((Entry.Started) entries.get(0)).input(),
                workflow.definition().sha256(),
                workflow.definition().text(),
                beginning.startedAt(),
                beginning.retention(),
                workflow.program().isAnsweredFromOutside(),
                null,
                new Lease("request-0", beginning.startedAt().minusMillis(1)));
    }

    /** An interpreter that knows nothing yet. */
    Interpreter interpreter(InterpreterLimits limits) {
        return new Interpreter(workflow.program(), head.identity(), limits, provisions, null);
    }

    /** An interpreter that has been told the first {@code count} entries. */
    Interpreter replayed(int count) {
        Interpreter interpreter = interpreter(InterpreterLimits.DEFAULT);
        for (Entry entry : entries.subList(0, count)) {
            interpreter.apply(entry);
            finishWork(interpreter);
        }
        return interpreter;
    }

    /** An interpreter that has read what another one wrote down. */
    Interpreter restored(JsonNode snapshot) {
        return Interpreter.restore(
                workflow.program(),
                head.identity(),
                InterpreterLimits.DEFAULT,
                provisions,
                (Entry.Started) entries.get(0),
                Example.json(snapshot.toString()));
    }

    static void finishWork(Interpreter interpreter) {
        while (interpreter.hasWork()) {
            interpreter.advance();
        }
    }

    /** The tasks whose results are not among the first {@code count} entries. */
    Set<String> tasksAfter(int count) {
        Set<String> tasks = new HashSet<>(tasksRun);
        for (Entry entry : entries.subList(0, count)) {
            if (entry instanceof Entry.OfEffect ofEffect) {
                tasks.remove(ended.executionArn() + ofEffect.effect());
            }
        }
        return tasks;
    }
}
