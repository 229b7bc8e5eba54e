package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.history.EventWriter;
import dev.reprise.journal.store.Origin;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.ExecutionView;
import dev.reprise.operations.Redrivability;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is told of executions. */
public sealed interface ExecutionAnswer extends ApiAnswer {

    /** It runs. */
    record Started(String executionArn, Instant startDate) implements ExecutionAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .text("executionArn", executionArn)
                    .time("startDate", startDate)
                    .json();
        }
    }

    /**
     * It has run to its end.
     *
     * @param input null where the data were not asked for
     */
    record Ran(
            ExecutionDescription execution,
            @Nullable JsonNode input,
            @Nullable String traceHeader) implements ExecutionAnswer {

        /** What Step Functions bills at least. */
        private static final int MEMORY_MEGABYTES = 64;

        private static final int BILLED_MILLISECONDS = 100;

        @Override
        public ObjectNode toJson() {
            Instant stopDate = execution.stopDate() == null ? execution.startDate() : execution.stopDate();
            boolean withData = input != null;
            AnswerJson answer = new AnswerJson()
                    .text("executionArn", execution.executionArn())
                    .text("stateMachineArn", execution.stateMachineArn())
                    .text("name", execution.name())
                    .time("startDate", execution.startDate())
                    .time("stopDate", stopDate)
                    .text("status", execution.status().name())
                    .text("error", execution.error())
                    .text("cause", execution.cause())
                    .asText("input", input)
                    .included("inputDetails", withData);
            if (execution.status() == ExecutionStatus.SUCCEEDED) {
                answer.asText("output", withData ? execution.output() : null).included("outputDetails", withData);
            }
            ObjectNode json = answer.text("traceHeader", traceHeader).json();
            json.putObject("billingDetails")
                    .put("billedMemoryUsedInMB", MEMORY_MEGABYTES)
                    .put(
                            "billedDurationInMilliseconds",
                            billed(Duration.between(execution.startDate(), stopDate)
                                    .toMillis()));
            return json;
        }

        private static long billed(long millis) {
            return Math.max(1, (millis + BILLED_MILLISECONDS - 1) / BILLED_MILLISECONDS) * BILLED_MILLISECONDS;
        }
    }

    /** It ends. */
    record Stopped(Instant stopDate) implements ExecutionAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson().time("stopDate", stopDate).json();
        }
    }

    /** It goes on. */
    record Redriven(Instant redriveDate) implements ExecutionAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson().time("redriveDate", redriveDate).json();
        }
    }

    /** How it stands. */
    record Described(ExecutionView execution) implements ExecutionAnswer {
        @Override
        public ObjectNode toJson() {
            ExecutionDescription description = execution.description();
            boolean withData = execution.input() != null;
            AnswerJson answer = item(execution)
                    .asText("input", execution.input())
                    .included("inputDetails", withData)
                    .text("traceHeader", execution.origin().traceHeader())
                    .text("error", description.error())
                    .text("cause", description.cause());
            if (description.status() == ExecutionStatus.SUCCEEDED) {
                answer.asText("output", description.output()).included("outputDetails", withData);
            }
            Redrivability redrive = description.redrive();
            if (redrive != null) {
                answer.text("redriveStatus", redrive.obstacle() == null ? "REDRIVABLE" : "NOT_REDRIVABLE")
                        .text("redriveStatusReason", redrive.obstacle());
            }
            return answer.json();
        }
    }

    /** What of an execution every answer tells. */
    private static AnswerJson item(ExecutionView execution) {
        ExecutionDescription description = execution.description();
        Origin origin = execution.origin();
        String machine = description.stateMachineArn();
        Redrivability redrive = description.redrive();
        return new AnswerJson()
                .text("executionArn", description.executionArn())
                .text("stateMachineArn", machine)
                .text("name", description.name())
                .text("status", description.status().name())
                .time("startDate", description.startDate())
                .time("stopDate", description.stopDate())
                .text("stateMachineVersionArn", origin.version() == null ? null : machine + ":" + origin.version())
                .text("stateMachineAliasArn", origin.alias() == null ? null : machine + ":" + origin.alias())
                .whole("redriveCount", redrive == null ? null : redrive.count())
                .time("redriveDate", redrive == null ? null : redrive.date())
                .labels(origin.labels());
    }

    /** Which there are. */
    record Listed(List<ExecutionView> executions, @Nullable String nextToken) implements ExecutionAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .many("executions", executions, execution -> item(execution).json())
                    .text("nextToken", nextToken)
                    .json();
        }
    }

    /** What it has done. */
    record History(List<HistoryEvent> events, @Nullable String nextToken) implements ExecutionAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .many("events", events, History::event)
                    .text("nextToken", nextToken)
                    .json();
        }

        private static ObjectNode event(HistoryEvent event) {
            ObjectNode json = EventWriter.write(event);
            json.set("timestamp", AnswerJson.seconds(event.timestamp()));
            return json;
        }
    }
}
