package dev.reprise.journal;

import static dev.reprise.journal.Fixtures.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.StatesError;
import dev.reprise.execution.TimerKind;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.testing.InMemoryStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes the journals that every later version must resume and replay to the same end: {@link #main} for a new
 * version's folder, see CONTRIBUTING.
 */
final class SampleJournals {

    private static final String TASKS = """
        {"StartAt": "Ask", "States": {
        "Ask": {"Type": "Task", "Resource": "task:ask", "ResultPath": "$.ask", "Next": "Flaky"},
        "Flaky": {"Type": "Task", "Resource": "task:flaky", "ResultPath": null, "Next": "Pause",
          "Retry": [{"ErrorEquals": ["Sample.Flaky"], "IntervalSeconds": 5, "JitterStrategy": "FULL"}]},
        "Pause": {"Type": "Wait", "Seconds": 60, "Next": "Once"},
        "Once": {"Type": "Task", "Resource": "task:once", "Reprise": {"Semantics": "AT_MOST_ONCE_PER_RETRY"}, "ResultPath": "$.once", "Next": "Uuid"},
        "Uuid": {"Type": "Pass", "Parameters": {"id.$": "States.UUID()", "at.$": "$$.State.EnteredTime"}, "End": true}}}\
        """;

    private static final String OUTSIDE = """
        {"StartAt": "All", "States": {"All": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "Call", "States": {"Call": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "HeartbeatSeconds": 600, "End": true,
          "Parameters": {"QueueUrl": "https://sqs.eu-central-1.amazonaws.com/111111111111/q", "MessageBody": {"token.$": "$$.Task.Token"}}}}},
        {"StartAt": "Pack", "States": {"Pack": {"Type": "Task", "Resource": "arn:aws:states:eu-central-1:111111111111:activity:pack", "TimeoutSeconds": 6000, "End": true}}},
        {"StartAt": "Nest", "States": {"Nest": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2", "End": true,
          "Parameters": {"StateMachineArn": "arn:aws:states:eu-central-1:111111111111:stateMachine:other", "Input": {"a": 1}}}}}]}}}\
        """;

    private static final String MAP = """
        {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": {"Type": "Map", "Items": "{% [1..40] %}", "MaxConcurrency": 7, "Next": "Sum",
        "Assign": {"count": "{% $count($states.result) %}"},
        "ItemProcessor": {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "task:work", "End": true}}}},
        "Sum": {"Type": "Pass", "Output": {"count": "{% $count %}", "random": "{% $random() %}"}, "End": true}}}\
        """;

    private static final String DISTRIBUTED = """
        {"StartAt": "Each", "States": {"Each": {"Type": "Map", "Label": "each", "MaxConcurrency": 2, "End": true,
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"}, "Parameters": {"Bucket": "b", "Key": "items.json"}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b", "Prefix": "results"}},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
          "StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "task:work", "End": true}}}}}}\
        """;

    private static final String LARGE = """
        {"StartAt": "Large", "States": {
        "Large": {"Type": "Task", "Resource": "task:large", "ResultPath": "$.large", "Next": "Ask"},
        "Ask": {"Type": "Task", "Resource": "task:ask", "InputPath": "$.large.by", "ResultPath": "$.ask", "End": true}}}\
        """;

    private static final String FAILING = """
        {"StartAt": "Both", "States": {"Both": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "Ask", "States": {"Ask": {"Type": "Task", "Resource": "task:ask", "End": true}}},
        {"StartAt": "Slow", "States": {"Slow": {"Type": "Task", "Resource": "task:slow", "TimeoutSeconds": 30, "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Broken"}], "Next": "Broken"},
          "Broken": {"Type": "Task", "Resource": "task:broken", "End": true}}}]}}}\
        """;

    private static final String LOOP = """
        {"StartAt": "More", "TimeoutSeconds": 3600, "States": {
        "More": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": -1, "Next": "Done"}], "Default": "N"},
        "N": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, 1)"}, "Next": "More"},
        "Done": {"Type": "Succeed"}}}\
        """;

    private SampleJournals() {}

    /** How each sample comes to stand as it is dumped. */
    static Map<String, Consumer<ExecutionStore>> samples() {
        Map<String, Consumer<ExecutionStore>> samples = new LinkedHashMap<>();
        JsonNode empty = json("{}");
        samples.put(
                "tasks-open",
                on("tasks-open", TASKS, empty, run -> run.carryOn(4).flush()));
        samples.put(
                "tasks-suspended",
                on("tasks-suspended", TASKS, empty, run -> run.carryOn(3).suspend()));
        samples.put(
                "tasks-begun-once",
                on("tasks-begun-once", TASKS, empty, run -> run.carryOn(5).flush()));
        samples.put("tasks-ended", on("tasks-ended", TASKS, empty, SampleRun::toItsEnd));
        samples.put(
                "outside-open",
                on("outside-open", OUTSIDE, empty, run -> run.carryOn(5).suspend()));
        samples.put(
                "outside-answered",
                on(
                        "outside-answered",
                        OUTSIDE,
                        empty,
                        run -> run.carryOn(4).flush().outside()));
        samples.put("outside-ended", on("outside-ended", OUTSIDE, empty, SampleRun::toItsEnd));
        samples.put(
                "map-open",
                on(
                        "map-open",
                        MAP,
                        empty,
                        run -> run.carryOn(11).keep().carryOn(9).flush()));
        samples.put(
                "map-ended",
                on("map-ended", MAP, empty, run -> run.carryOn(20).keep().toItsEnd()));
        samples.put("distributed-reading", on("distributed-reading", DISTRIBUTED, empty, SampleRun::suspend));
        samples.put(
                "distributed-open",
                on(
                        "distributed-open",
                        DISTRIBUTED,
                        empty,
                        run -> run.carryOn(4).keep().carryOn(1).flush()));
        samples.put("distributed-ended", on("distributed-ended", DISTRIBUTED, empty, SampleRun::toItsEnd));
        JsonNode large = JsonNodeFactory.instance.objectNode().put("text", "an input ".repeat(60_000));
        samples.put(
                "large-open",
                on("large-open", LARGE, large, run -> run.carryOn(1).keep()));
        samples.put("large-ended", on("large-ended", LARGE, large, SampleRun::toItsEnd));
        samples.put("failed", on("failed", FAILING, empty, SampleRun::toItsEnd));
        samples.put("redriven-open", store -> {
            on("redriven-open", FAILING, empty, run -> run.carryOn(2).keep().toItsEnd())
                    .accept(store);
            SampleRun.redrive(store, "redriven-open").carryOn(1).flush();
        });
        samples.put("redriven-ended", store -> {
            on("redriven-ended", FAILING, empty, SampleRun::toItsEnd).accept(store);
            SampleRun.redrive(store, "redriven-ended").toItsEnd();
        });
        samples.put(
                "stopped",
                on(
                        "stopped",
                        TASKS,
                        empty,
                        run -> run.carryOn(2)
                                .append(new Entry.Stopped(SampleRun.NOON.plusSeconds(900), "Sample.Enough", "by hand"))
                                .toItsEnd()));
        JsonNode zero = json("{'n': 0}");
        samples.put(
                "stopped-amid-work",
                on(
                        "stopped-amid-work",
                        LOOP,
                        zero,
                        run -> run.workFor(1)
                                .interrupt(new Entry.Stopped(SampleRun.NOON.plusSeconds(9), null, null))
                                .toItsEnd()));
        samples.put(
                "given-up",
                on(
                        "given-up",
                        LOOP,
                        zero,
                        run -> run.append(new Entry.Interrupted(
                                        0,
                                        new Entry.GivenUp(
                                                SampleRun.NOON.plusSeconds(9),
                                                new StatesError("Reprise.NoProgress", "ten times"))))
                                .toItsEnd()));
        samples.put(
                "given-up-waiting",
                on(
                        "given-up-waiting",
                        TASKS,
                        empty,
                        run -> run.carryOn(1)
                                .append(new Entry.GivenUp(
                                        SampleRun.NOON.plusSeconds(9), new StatesError("Reprise.NoProgress", null)))
                                .toItsEnd()));
        samples.put(
                "timed-out",
                on(
                        "timed-out",
                        LOOP,
                        zero,
                        run -> run.workFor(2)
                                .interrupt(new Entry.TimerFired(
                                        EffectId.EXECUTION, SampleRun.NOON.plusSeconds(3600), TimerKind.TIMEOUT))
                                .toItsEnd()));
        return samples;
    }

    private static Consumer<ExecutionStore> on(
            String name, String definition, JsonNode input, Consumer<SampleRun> carried) {
        return store -> carried.accept(SampleRun.start(store, name, definition, input));
    }

    /** All of them, as this version writes them. */
    static List<JournalDump> written() {
        List<JournalDump> dumps = new ArrayList<>();
        samples().forEach((name, sample) -> {
            InMemoryStore store = new InMemoryStore();
            sample.accept(store);
            List<Map<String, AttributeValue>> items = store.items();
            dumps.add(new JournalDump(name, carriedToItsEnd(name, items), items));
        });
        return dumps;
    }

    private static JsonNode carriedToItsEnd(String name, List<Map<String, AttributeValue>> items) {
        InMemoryStore copy = new InMemoryStore();
        copy.putItems(items);
        Head head = copy.readHead(new ExecutionId("samples", name), new UnitMeter());
        if (head != null && head.ending() == null) {
            SampleRun.resume(copy, name).toItsEnd();
        }
        return SampleRun.end(copy, name);
    }

    /** Writes this version's folder anew. */
    public static void main(String[] none) {
        written().forEach(dump -> dump.write(JournalDump.ofThisVersion()));
    }
}
