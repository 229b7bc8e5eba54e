package dev.reprise.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.RequestException;
import dev.reprise.history.EventWriter;
import dev.reprise.history.HistoryPage;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.ExecutionList;
import dev.reprise.operations.ExecutionProgress;
import dev.reprise.operations.Redrivability;
import dev.reprise.operations.SweepReport;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.workflow.WorkflowFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers in the shape of the Step Functions API, except that an execution's output is JSON and not a text that
 * holds JSON, and that times are ISO-8601.
 */
final class AnswerWriter {

    private AnswerWriter() {}

    static ObjectNode write(ExecutionDescription execution) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("executionArn", execution.executionArn());
        answer.put("stateMachineArn", execution.stateMachineArn());
        answer.put("name", execution.name());
        answer.put("status", execution.status().name());
        answer.put("startDate", execution.startDate().toString());
        put(answer, "stopDate", execution.stopDate());
        put(answer, "wakeAt", execution.wakeAt());
        JsonNode output = execution.output();
        if (output != null) {
            answer.set("output", output);
        }
        put(answer, "error", execution.error());
        put(answer, "cause", execution.cause());
        if (execution.redrive() != null) {
            write(execution.redrive(), answer);
        }
        return answer;
    }

    static ObjectNode write(ExecutionProgress progress) {
        ObjectNode answer = write(progress.description());
        JsonNode input = progress.input();
        if (input != null) {
            answer.set("input", input);
            answer.set("states", StandingWriter.write(progress.standings()));
        }
        return answer;
    }

    private static void write(Redrivability redrive, ObjectNode answer) {
        answer.put("redriveCount", redrive.count());
        put(answer, "redriveDate", redrive.date());
        answer.put("redriveStatus", redrive.obstacle() == null ? "REDRIVABLE" : "NOT_REDRIVABLE");
        put(answer, "redriveStatusReason", redrive.obstacle());
    }

    static ObjectNode write(ExecutionList list) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode executions = answer.putArray("executions");
        list.executions().forEach(execution -> executions.add(write(execution)));
        put(answer, "next", list.next());
        return answer;
    }

    /** What events have started. */
    static ObjectNode writeStarted(List<ExecutionDescription> executions) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode started = answer.putArray("started");
        executions.forEach(execution -> started.add(write(execution)));
        return answer;
    }

    /** The workflows, and what is wrong with the file of the triggers. */
    static ObjectNode write(List<WorkflowFile> workflows, List<String> errors, List<String> warnings) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode all = answer.putArray("workflows");
        for (WorkflowFile file : workflows) {
            ObjectNode workflow = all.addObject();
            workflow.put("name", file.name());
            workflow.put("valid", file.workflow() != null);
            putLines(workflow, "errors", file.errors());
            putLines(workflow, "warnings", file.warnings());
        }
        if (!errors.isEmpty() || !warnings.isEmpty()) {
            ObjectNode triggers = answer.putObject("triggers");
            putLines(triggers, "errors", errors);
            putLines(triggers, "warnings", warnings);
        }
        return answer;
    }

    private static void putLines(ObjectNode out, String field, List<String> lines) {
        if (!lines.isEmpty()) {
            lines.forEach(out.putArray(field)::add);
        }
    }

    static ObjectNode write(SweepReport sweep) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("overdue", sweep.overdue())
                .put("handedOver", sweep.handedOver())
                .put("deletedExecutions", sweep.deletedExecutions())
                .put("deletedItems", sweep.deletedItems())
                .put("unreadable", sweep.unreadable())
                .put("more", sweep.more());
    }

    static ObjectNode write(HistoryPage page) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode events = answer.putArray("events");
        page.events().forEach(event -> events.add(EventWriter.write(event)));
        put(answer, "nextToken", page.next() == null ? null : page.next().text());
        return answer;
    }

    /** @param task null when none waits: then the token is null, as it is when a poll of AWS's ends without one */
    static ObjectNode write(TaskCallbacks.@Nullable ActivityTask task) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("taskToken", task == null ? null : task.taskToken());
        if (task != null) {
            answer.set("input", task.input());
        }
        return answer;
    }

    /** As SQS reads it where the event source mapping has {@code ReportBatchItemFailures}. */
    static ObjectNode write(MessageBatches.Failures failures) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("batchItemFailures");
        failures.messageIds().forEach(id -> items.addObject().put("itemIdentifier", id));
        return answer;
    }

    static ObjectNode write(RequestException refused) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", refused.error())
                .put("message", refused.message());
    }

    private static void put(ObjectNode answer, String field, @Nullable Object value) {
        if (value != null) {
            answer.put(field, value.toString());
        }
    }
}
