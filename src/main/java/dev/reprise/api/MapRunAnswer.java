package dev.reprise.api;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.operations.MapRunView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is told of the runs of distributed Maps. */
public sealed interface MapRunAnswer extends ApiAnswer {

    /** Which there are. */
    record Listed(
            String stateMachineArn,
            List<MapRunView> runs,
            @Nullable String nextToken) implements MapRunAnswer {
        @Override
        public ObjectNode toJson() {
            return new AnswerJson()
                    .many(
                            "mapRuns",
                            runs,
                            run -> new AnswerJson()
                                    .text("executionArn", run.executionArn())
                                    .text("mapRunArn", run.mapRunArn())
                                    .text("stateMachineArn", stateMachineArn)
                                    .time("startDate", run.startedAt())
                                    .time("stopDate", run.stoppedAt())
                                    .json())
                    .text("nextToken", nextToken)
                    .json();
        }
    }

    /** How it stands. Each child works on one item, or on one batch, which counts as one here. */
    record Described(MapRunView run) implements MapRunAnswer {
        @Override
        public ObjectNode toJson() {
            BigDecimal percentage = Objects.requireNonNullElse(run.toleratedFailurePercentage(), BigDecimal.ZERO);
            return new AnswerJson()
                    .text("mapRunArn", run.mapRunArn())
                    .text("executionArn", run.executionArn())
                    .text("status", run.status().name())
                    .time("startDate", run.startedAt())
                    .time("stopDate", run.stoppedAt())
                    .whole("maxConcurrency", run.maxConcurrency())
                    .json("toleratedFailurePercentage", DecimalNode.valueOf(percentage))
                    .whole(
                            "toleratedFailureCount",
                            Objects.requireNonNullElse(run.toleratedFailureCount(), 0L)
                                    .longValue())
                    .json("itemCounts", counts(run.children()))
                    .json("executionCounts", counts(run.children()))
                    .whole("redriveCount", run.redrives())
                    .time("redriveDate", run.redrivenAt())
                    .json();
        }

        private static ObjectNode counts(MapRunView.Counts counts) {
            return new AnswerJson()
                    .whole("pending", counts.pending())
                    .whole("running", counts.running())
                    .whole("succeeded", counts.succeeded())
                    .whole("failed", counts.failed())
                    .whole("timedOut", 0)
                    .whole("aborted", counts.aborted())
                    .whole("total", counts.total())
                    .whole("resultsWritten", counts.succeeded())
                    .json();
        }
    }
}
