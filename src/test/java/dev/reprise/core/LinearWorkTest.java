package dev.reprise.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.Provisions;
import dev.reprise.execution.StatesError;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Four times as many items, branches, attempts or turns take about four times as much work, whatever the state makes of
 * them. What is compared is counted, and so the same on every machine: looks at the input, fuel, transitions, effects
 * and events.
 */
class LinearWorkTest {

    private static final ExecutionIdentity IDENTITY = new ExecutionIdentity(
            "arn:aws:states:us-east-1:0:execution:w:n", "n", "arn:aws:states:us-east-1:0:stateMachine:w", "w", "r");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final String PASS = "{'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'End': true}}}";
    private static final String TASK =
            "{'StartAt': 'T', 'States': {'T': {'Type': 'Task', 'Resource': 'task:t', 'End': true}}}";
    /** Fails for every tenth item. */
    private static final String FAIL_SOME = """
        {'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices': [
        {'Variable': '$.tenth', 'BooleanEquals': true, 'Next': 'F'}], 'Default': 'P'},
        'P': {'Type': 'Pass', 'End': true}, 'F': {'Type': 'Fail', 'Error': 'Tenth'}}}\
        """;

    /** What is run. */
    enum Kind {
        ITEMS_AS_THEY_ARE("'ItemsPath': '$.items', 'ItemProcessor': " + PASS),
        AN_INPUT_PATH(
                "'InputPath': '$.items', 'ItemSelector': {'v.$': '$$.Map.Item.Value.id'}, 'ItemProcessor': " + PASS),
        AN_INPUT_PATH_THAT_FILTERS("'InputPath': '$.items[?(@.ok == true)]',"
                + " 'ItemSelector': {'v.$': '$$.Map.Item.Value.id'}, 'ItemProcessor': " + PASS),
        A_SELECTOR_THAT_SHOWS_ALL_ITEMS(
                "'ItemsPath': '$.items', 'ItemSelector': {'all.$': '$', 'v.$': '$$.Map.Item.Value'}, 'ItemProcessor':"
                        + " {'StartAt': 'P', 'States': {'P': {'Type': 'Pass', 'ResultPath': '$.p', 'Result': 1,"
                        + " 'Next': 'Q'}, 'Q': {'Type': 'Pass', 'OutputPath': '$.v', 'End': true}}}"),
        JSONATA_ITEMS("'QueryLanguage': 'JSONata', 'Items': '{% $states.input.items %}',"
                + " 'ItemSelector': {'v': '{% $states.context.Map.Item.Value.id %}'}, 'ItemProcessor': " + PASS),
        JSONATA_THAT_LOOKS_AT_THE_INPUT("'QueryLanguage': 'JSONata', 'Items': '{% $states.input.items %}',"
                + " 'ItemSelector': {'v': '{% $states.input.name %}'}, 'ItemProcessor': " + PASS),
        DISTRIBUTED("'ItemsPath': '$.items', 'ItemProcessor': " + distributed(PASS)),
        DISTRIBUTED_UNDER_AN_INPUT_PATH("'InputPath': '$.items', 'ItemSelector': {'v.$': '$$.Map.Item.Value.id'},"
                + " 'ItemProcessor': " + distributed(PASS)),
        MEMBERS_OF_AN_OBJECT("'ItemsPath': '$.members', 'ItemProcessor': " + distributed(TASK)),
        BATCHES_UNDER_AN_INPUT_PATH("'InputPath': '$.items[?(@.ok == true)]', 'ItemBatcher': {'MaxItemsPerBatch': 10},"
                + " 'ItemSelector': {'v.$': '$$.Map.Item.Value.id'}, 'ItemProcessor': " + distributed(PASS)),
        RESULTS_WRITTEN_UNDER_AN_INPUT_PATH("'InputPath': '$.items', 'ItemSelector': {'v.$': '$$.Map.Item.Value.id'},"
                + " 'ResultWriter': {'Resource': 'arn:aws:states:::s3:putObject', 'Parameters': {'Bucket': 'b'}},"
                + " 'ItemProcessor': " + distributed(PASS)),
        ONE_AT_A_TIME("'ItemsPath': '$.items', 'MaxConcurrency': 1, 'ItemProcessor': " + TASK),
        TASKS("'ItemsPath': '$.items', 'ItemProcessor': " + TASK),
        FLAT("'ItemsPath': '$.items', 'Reprise': {'Nesting': 'FLAT'}, 'ItemProcessor': " + TASK),
        NAMED_UNDER_AN_INPUT_PATH("'InputPath': '$.items',"
                + " 'Reprise': {'ItemName': '$$.Map.Item.Value.name', 'Result': 'BATCH'}, 'ItemProcessor': " + TASK),
        NAMED_AND_NEVER_STARTED("'InputPath': '$.items', 'MaxConcurrency': 1,"
                + " 'Reprise': {'ItemName': '$$.Map.Item.Value.name', 'Result': 'BATCH', 'MinSuccessful': 1},"
                + " 'ItemProcessor': " + TASK),
        TOLERANT("'ItemsPath': '$.items', 'ToleratedFailurePercentage': 50, 'ItemProcessor': " + FAIL_SOME),
        ERRORS_CAPTURED("'ItemsPath': '$.items', 'Reprise': {'CaptureErrors': true}, 'ItemProcessor': " + FAIL_SOME),
        ENOUGH_SUCCEEDED("'ItemsPath': '$.items', 'Reprise': {'MinSuccessful': 10}, 'ItemProcessor': " + TASK),
        NESTED("'ItemsPath': '$.items', 'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Map', 'InputPath':"
                + " '$.inner', 'ItemSelector': {'x.$': '$$.Map.Item.Value'}, 'End': true, 'ItemProcessor': " + TASK
                + "}}}"),
        BRANCHES(null) {
            @Override
            String state(int n) {
                return "'Type': 'Parallel', 'InputPath': '$.items', 'Branches': "
                        + IntStream.range(0, n)
                                .mapToObj(i -> TASK.replace("'T'", "'T" + i + "'"))
                                .collect(Collectors.joining(",", "[", "]"));
            }
        },
        ATTEMPTS(null) {
            @Override
            String state(int n) {
                return "'Type': 'Task', 'Resource': 'task:fails', 'Retry': [{'ErrorEquals': ['States.ALL'],"
                        + " 'MaxAttempts': " + n + ", 'IntervalSeconds': 1, 'BackoffRate': 1}],"
                        + " 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'After'}]";
            }
        };

        private final @Nullable String fields;

        Kind(@Nullable String fields) {
            this.fields = fields;
        }

        /** The state's fields, but for what follows it. */
        String state(int n) {
            return "'Type': 'Map', " + fields;
        }
    }

    private static String distributed(String processor) {
        return "{'ProcessorConfig': {'Mode': 'DISTRIBUTED', 'ExecutionType': 'STANDARD'}, " + processor.substring(1);
    }

    @ParameterizedTest
    @EnumSource
    void runs(Kind kind) {
        assertLinear(run(kind, 50, false), run(kind, 200, false));
    }

    @ParameterizedTest
    @EnumSource
    void isTakenDownAndRestoredAfterEachQuarter(Kind kind) {
        assertLinear(run(kind, 50, true), run(kind, 200, true));
    }

    @ParameterizedTest
    @EnumSource
    void isRedriven(Kind kind) {
        assertLinear(redrive(kind, 50), redrive(kind, 200));
    }

    private static void assertLinear(Map<String, Long> once, Map<String, Long> fourTimes) {
        fourTimes.forEach((what, much) -> assertThat(much)
                .as("%s: %d, and for four times as many %d", what, once.get(what), much)
                .isLessThanOrEqualTo(Math.round(4.2 * once.get(what)) + 10));
    }

    private static Map<String, Long> run(Kind kind, int n, boolean restores) {
        Run run = new Run(kind, n);
        run.restores = restores;
        run.apply(run.started);
        run.answerAll();
        assertThat(run.interpreter.outcome()).isInstanceOf(Outcome.Succeeded.class);
        return run.work();
    }

    /** The state after it waits, and is stopped; what came before is replayed up to there, and goes on. */
    private static Map<String, Long> redrive(Kind kind, int n) {
        Run first = new Run(kind, n);
        first.apply(first.started);
        first.answerHalf();
        Entry.Stopped stopped = new Entry.Stopped(NOON, "Enough", null);
        first.apply(stopped);
        Run again = new Run(kind, n);
        again.started = new Entry.Started(NOON, again.input);
        first.entries.set(0, again.started);
        first.entries.forEach(again::replay);
        again.replay(new Entry.Redriven(NOON, 1));
        again.asked.clear();
        again.asked.addAll(again.interpreter.openEffects());
        again.answerAll();
        assertThat(again.interpreter.outcome()).isInstanceOf(Outcome.Succeeded.class);
        return again.work();
    }

    /** An execution that is told entries, and whose work is counted. */
    private static final class Run {

        private final CountedJson counted = new CountedJson();
        private final int n;
        private final Program program;
        private final JsonNode input;
        private final Deque<Effect> asked = new ArrayDeque<>();
        private final List<Entry> entries = new ArrayList<>();
        private Entry.Started started;
        private Interpreter interpreter;
        private boolean restores;
        private Instant now = NOON;
        private long transitions;
        private long fuel;
        private long events;
        private long effects;

        Run(Kind kind, int n) {
            this.n = n;
            this.program = Scripted.compile("{'StartAt': 'S', 'States': {'S': {" + kind.state(n)
                    + ", 'Next': 'After'}, 'After': {'Type': 'Wait', 'Seconds': 1, 'Next': 'Done'},"
                    + " 'Done': {'Type': 'Succeed'}}}");
            this.input = counted.of(input(n));
            this.started = new Entry.Started(NOON, input);
            this.interpreter =
                    new Interpreter(program, IDENTITY, InterpreterLimits.DEFAULT, Provisions.NONE, event -> events++);
        }

        private static ObjectNode input(int n) {
            ObjectNode input = JsonNodeFactory.instance.objectNode().put("name", "all");
            ArrayNode items = input.putArray("items");
            ObjectNode members = input.putObject("members");
            for (int i = 0; i < n; i++) {
                members.put("member" + i, i);
                ObjectNode item = items.addObject().put("id", i).put("ok", true).put("tenth", i % 10 == 9);
                item.put("name", "item " + i + " of some length".repeat(5))
                        .putArray("inner")
                        .add(1)
                        .add(2);
            }
            return input;
        }

        void apply(Entry entry) {
            entries.add(entry);
            told(interpreter.apply(entry));
            while (interpreter.hasWork()) {
                told(interpreter.advance());
            }
            transitions += interpreter.transitions();
        }

        void replay(Entry entry) {
            while (interpreter.hasWorkBefore(entry)) {
                told(interpreter.advanceTo(entry));
            }
            interpreter.replay(entry);
        }

        private void told(List<Effect> caused) {
            effects += caused.size();
            asked.addAll(caused);
        }

        void answerHalf() {
            int half = asked.size() / 2;
            for (int i = 0; i < half; i++) {
                answer(asked.removeFirst());
            }
        }

        void answerAll() {
            while (interpreter.hasWork()) {
                told(interpreter.advance());
            }
            for (int answered = 1; !asked.isEmpty(); answered++) {
                answer(asked.removeFirst());
                if (restores && answered % Math.max(1, n / 4) == 0 && interpreter.outcome() == null) {
                    fuel += interpreter.fuelSpent();
                    interpreter = Interpreter.restore(
                            program,
                            IDENTITY,
                            InterpreterLimits.DEFAULT,
                            Provisions.NONE,
                            started,
                            interpreter.snapshot());
                }
            }
        }

        private void answer(Effect effect) {
            now = now.plusMillis(1);
            Entry answer = switch (effect) {
                case Effect.RunTask task
                when task.resource().uri().equals("task:fails") ->
                    new Entry.TaskFailed(task.id(), now, new StatesError("Again", null));
                case Effect.RunTask task -> new Entry.TaskSucceeded(task.id(), now, task.input());
                case Effect.StartTimer timer -> {
                    now = timer.due().isAfter(now) ? timer.due() : now;
                    yield new Entry.TimerFired(timer.id(), now, timer.kind());
                }
                case Effect.WriteResults write ->
                    new Entry.TaskSucceeded(
                            write.id(),
                            now,
                            JsonNodeFactory.instance.objectNode().put("Key", "k"));
                case Effect.ReadItems read -> throw new AssertionError(read);
                case Effect.Abandon abandon -> null;
                case Effect.End end -> null;
            };
            if (answer != null && interpreter.expects(answer)) {
                apply(answer);
            }
        }

        Map<String, Long> work() {
            Map<String, Long> work = new LinkedHashMap<>();
            work.put("looks at the input", counted.looks());
            work.put("fuel", fuel + interpreter.fuelSpent());
            work.put("transitions", transitions);
            work.put("effects", effects);
            work.put("events", events);
            return work;
        }
    }
}
