package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.history.HistoryPage;
import dev.reprise.history.HistoryQuery;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.testing.InMemoryStore;
import io.smallrye.mutiny.Uni;
import java.util.Arrays;

/** The first page of an execution's history that has a million events, from both ends, on a store in memory. */
final class FirstPages implements Measurement {

    private static final int EVENTS = 1_000_000;

    /** What one turn of a loop, one item of a Map, and one turn without a task tell. */
    private static final int EVENTS_A_TURN = 9;

    private static final int EVENTS_AN_ITEM = 7;
    private static final int EVENTS_A_SPIN = 4;
    private static final int ROUNDS = 7;

    private static final String LOOP = """
        {"StartAt": "More", "States": {
        "More": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 0, "Next": "Done"}], "Default": "Work"},
        "Work": {"Type": "Task", "Resource": "task:work", "ResultPath": "$.result", "Next": "Less"},
        "Less": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, -1)"}, "Next": "More"},
        "Done": {"Type": "Succeed"}}}\
        """;

    private static final String PURE_LOOP = """
        {"StartAt": "More", "States": {
        "More": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 0, "Next": "Done"}], "Default": "Less"},
        "Less": {"Type": "Pass", "Parameters": {"n.$": "States.MathAdd($.n, -1)"}, "Next": "More"},
        "Done": {"Type": "Succeed"}}}\
        """;

    private static final String MAP = """
        {"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "End": true, "ResultSelector": {"done": true}, "ItemProcessor": {"StartAt": "Work", "States": {
        "Work": {"Type": "Task", "Resource": "task:work", "End": true}}}}}}\
        """;

    @Override
    public String name() {
        return "history-first-page";
    }

    @Override
    public void run(Report report) {
        Engine engine = new Engine(
                new InMemoryStore(),
                call -> Uni.createFrom()
                        .item(Results.order(call.input().path("n").asInt())));
        measure("loop", engine, LOOP, turns(EVENTS / EVENTS_A_TURN), report);
        measure("map", engine, MAP, Engine.numbers(EVENTS / EVENTS_AN_ITEM), report);
        measure("pure-loop", engine, PURE_LOOP, turns(EVENTS / EVENTS_A_SPIN), report);
    }

    private static JsonNode turns(int turns) {
        return JsonNodeFactory.instance.objectNode().put("n", turns);
    }

    private static void measure(String kind, Engine engine, String definition, JsonNode input, Report report) {
        ExecutionDescription ended = engine.start(definition, input);
        report.figure(kind + "-forward", millis(engine, ended, false), "ms");
        report.figure(kind + "-backward", millis(engine, ended, true), "ms");
    }

    /** The median of some rounds. */
    private static double millis(Engine engine, ExecutionDescription ended, boolean reverseOrder) {
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            HistoryPage page =
                    engine.history(ended, new HistoryQuery(HistoryQuery.LARGEST_MAX_RESULTS, reverseOrder, true, null));
            millis[round] = (System.nanoTime() - start) / 1e6;
            long first = page.events().get(0).id();
            if (page.events().size() < HistoryQuery.DEFAULT_MAX_RESULTS || (reverseOrder && first < EVENTS * 0.98)) {
                throw new IllegalStateException("A page of " + page.events().size() + " events from " + first + " on");
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }
}
