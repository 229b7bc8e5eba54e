package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.dataset.NoObjects;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.ScopePath;
import dev.reprise.runtime.VirtualRunner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays a durable case: its program is written as a state machine, and that is run. */
final class DurablePlay {

    private static final String ARN = "arn:aws:states:us-east-1:111111111111:";

    private DurablePlay() {}

    static Verdict play(CorpusCase testCase) {
        Verdict verdict = new Verdict();
        DurableMachine machine = new DurableMachine();
        String definition = machine.of(testCase.json()).toString();
        ParsedDefinition parsed = Definitions.parse("definition", definition, Languages.CHECKER);
        if (parsed.machine() == null) {
            verdict.wrong("the definition is refused: " + parsed.errors());
            return verdict;
        }
        VirtualRunner runner = new VirtualRunner(
                new ExecutionIdentity(
                        ARN + "execution:machine:run",
                        "run",
                        ARN + "stateMachine:machine",
                        "machine",
                        "arn:aws:iam::111111111111:role/machine"),
                definition,
                Program.compile(parsed.machine(), Languages::of),
                InterpreterLimits.DEFAULT,
                new DurableSteps(verdict),
                new NoObjects(),
                ExecutionPlay.START);
        Outcome outcome = runner.run(testCase.at("input"));
        List<List<HistoryEvent>> invocations = runner.historyOfEachInvocation();
        check(testCase.at("expected"), outcome, invocations, verdict);
        DurableEvents.check(testCase.at("expected").path("events"), DurableHistory.of(invocations, machine), verdict);
        return verdict;
    }

    private static void check(
            JsonNode expected, @Nullable Outcome outcome, List<List<HistoryEvent>> invocations, Verdict verdict) {
        String status = switch (outcome) {
            case Outcome.Succeeded succeeded -> "SUCCEEDED";
            case Outcome.Failed failed -> "FAILED";
            case null, default -> String.valueOf(outcome);
        };
        verdict.check("status", expected.path("status"), TextNode.valueOf(status));
        verdict.check("invocations", expected.path("invocations"), IntNode.valueOf(invocations.size()));
        if (expected.has("output")) {
            verdict.check(
                    "output", expected.path("output"), outcome instanceof Outcome.Succeeded s ? s.output() : null);
        }
        if (expected.has("counts")) {
            checkBatch(expected, batch(invocations), verdict);
        }
    }

    /** What the program's own Map or Parallel gave. */
    private static JsonNode batch(List<List<HistoryEvent>> invocations) {
        return invocations.stream()
                .flatMap(List::stream)
                .filter(event -> event.scope().equals(ScopePath.ROOT))
                .filter(event -> event.type() == HistoryEventType.MapStateExited
                        || event.type() == HistoryEventType.ParallelStateExited)
                .findFirst()
                .orElseThrow()
                .details()
                .path("output");
    }

    /** The SDKs leave those that never started out of a batch, and so of its total. */
    private static void checkBatch(JsonNode expected, JsonNode batch, Verdict verdict) {
        ObjectNode counts = DurableSteps.object()
                .put("success", batch.path("successCount").asInt())
                .put("failure", batch.path("failureCount").asInt())
                .put("started", batch.path("startedCount").asInt())
                .put(
                        "total",
                        batch.path("totalCount").asInt()
                                - batch.path("skippedCount").asInt())
                .put("items", batch.path("all").size());
        ArrayNode statuses = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : batch.path("all")) {
            String itemStatus = item.path("status").asText();
            statuses.add(itemStatus.equals("SKIPPED") ? "NOT_STARTED" : itemStatus);
        }
        verdict.check("counts", expected.path("counts"), counts);
        verdict.check("completionReason", expected.path("completionReason"), batch.path("completionReason"));
        verdict.check("batchStatus", expected.path("batchStatus"), batch.path("status"));
        verdict.check("itemStatuses", expected.path("itemStatuses"), statuses);
    }
}
