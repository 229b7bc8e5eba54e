package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Provisions;
import dev.reprise.journal.Journal;
import dev.reprise.journal.StartOutcome;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.local.DynamoDbLocalExtension;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.runtime.MapData;
import dev.reprise.task.TaskRunners;
import dev.reprise.testing.InMemoryStore;
import dev.reprise.workflow.WorkflowCatalogue;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Wherever an execution is interrupted, it comes to the same end and still tells the same of what was durable, and no
 * task whose result was durable runs again: tried for each example after each entry of its journal. What becomes of
 * executions that start others, another test tells.
 */
@QuarkusTest
class ResumeEverywhereTest {

    private static final InterpreterLimits ONE_TRANSITION_A_SLICE =
            new InterpreterLimits(InterpreterLimits.DEFAULT.payloadBytes(), 1);

    @Inject
    WorkflowCatalogue workflows;

    @Inject
    TaskRunners tasks;

    @Inject
    MapData mapData;

    /** What becomes of the first invocation after its last entry. */
    private interface Interruption {
        void happen(Journal journal, Interpreter interpreter);
    }

    /** The process dies. */
    private static final Interruption CRASH = (journal, interpreter) -> {};

    /** The invocation's time is up: it writes a snapshot and gives the execution up. */
    private static final Interruption SUSPENSION = (journal, interpreter) -> {
        journal.keep(interpreter.snapshot());
        assertThat(journal.suspend(interpreter.time(), interpreter::snapshot)).isTrue();
    };

    /** The objects as they are now, which no example changes. */
    private record Objects(MapData mapData) implements Provisions {

        @Override
        public String taskToken(EffectId task) {
            return "token of " + task;
        }

        @Override
        public ItemList items(Effect.ReadItems read, String version) {
            return mapData.readAgain(read.request(), version).items();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.reprise.examples.Example#namesOfSingleExecutions")
    void afterACrash(String workflow) {
        Recording live = record(workflow);

        for (int durable = 1; durable <= live.entries().size(); durable++) {
            assertComesToTheSameEnd(live, durable, CRASH, new InMemoryStore());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.reprise.examples.Example#namesOfSingleExecutions")
    void afterASuspensionWithASnapshot(String workflow) {
        Recording live = record(workflow);

        // After the last entry there is nothing left to suspend.
        for (int durable = 1; durable < live.entries().size(); durable++) {
            assertComesToTheSameEnd(live, durable, SUSPENSION, new InMemoryStore());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.reprise.examples.Example#namesOfSingleExecutions")
    void onDynamoDb(String workflow) {
        Recording live = record(workflow);

        int last = live.entries().size();
        for (int durable : new TreeSet<>(List.of(1, (last + 1) / 2, last))) {
            assertComesToTheSameEnd(live, durable, CRASH, dynamoDb());
            if (durable < last) {
                assertComesToTheSameEnd(live, durable, SUSPENSION, dynamoDb());
            }
        }
    }

    private void assertComesToTheSameEnd(Recording live, int durable, Interruption interruption, ExecutionStore store) {
        SimulatedFunction function = new SimulatedFunction(store, workflows, tasks, mapData);
        interruptAfter(live, durable, interruption, function);

        List<JsonNode> before = function.history(live.ended().executionArn());
        ExecutionDescription ended = function.resume(live.ended().executionArn());

        String where = "interrupted after entry %d of %d"
                .formatted(durable, live.entries().size());
        assertThat(ended.status()).as(where).isEqualTo(live.ended().status());
        assertThat(String.valueOf(ended.output()))
                .as(where)
                .isEqualTo(String.valueOf(live.ended().output()));
        assertThat(live.events().subList(0, before.size())).as(where).isEqualTo(before);
        assertThat(function.history(ended.executionArn()).subList(0, before.size()))
                .as(where)
                .isEqualTo(before);
        assertThat(function.tasksRun())
                .as(where)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(live.tasksAfter(durable));
    }

    private static void interruptAfter(
            Recording live, int durable, Interruption interruption, SimulatedFunction function) {
        StartOutcome.Created created =
                (StartOutcome.Created) function.journals().start(live.begunAnew());
        assertThat(created.started()).isEqualTo(live.entries().get(0));
        Journal journal = created.journal();
        for (Entry entry : live.entries().subList(1, durable)) {
            assertThat(journal.append(entry)).isEqualTo(entry);
        }
        journal.flush();
        interruption.happen(journal, live.replayed(durable));
        function.setTime(live.entries().get(durable - 1).at());
    }

    @ParameterizedTest
    @MethodSource("dev.reprise.examples.Example#namesOfSingleExecutions")
    void theSameEffectsAreOpen(String workflow) {
        Recording recording = record(workflow);
        Interpreter live = recording.interpreter(InterpreterLimits.DEFAULT);
        Map<EffectId, Effect> open = new LinkedHashMap<>();

        for (int count = 1; count <= recording.entries().size(); count++) {
            Entry entry = recording.entries().get(count - 1);
            switch (entry) {
                case Entry.TaskSubmitted taken ->
                    open.computeIfPresent(taken.effect(), (id, task) -> submitted((Effect.RunTask) task, taken));
                case Entry.OfEffect answer -> open.remove(answer.effect());
                default -> {}
            }
            live.apply(entry).forEach(effect -> follow(effect, open));
            while (live.hasWork()) {
                live.advance().forEach(effect -> follow(effect, open));
            }

            Interpreter replayed = recording.replayed(count);
            assertThat(String.valueOf(replayed.outcome())).isEqualTo(String.valueOf(live.outcome()));
            if (live.outcome() != null) {
                assertThat(open).isEmpty();
                assertThat(replayed.openEffects()).isEmpty();
                break;
            }
            Interpreter restored = recording.restored(live.snapshot());
            List<String> expected = texts(open.values());
            assertThat(texts(replayed.openEffects())).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(texts(restored.openEffects())).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(standing(replayed)).isEqualTo(standing(live));
            assertThat(standing(restored)).isEqualTo(standing(live));
        }
    }

    private static Effect submitted(Effect.RunTask task, Entry.TaskSubmitted taken) {
        return task.in(task.phase().submitted(taken.at(), taken.response()));
    }

    @ParameterizedTest
    @MethodSource("dev.reprise.examples.Example#namesOfSingleExecutions")
    void theSameEffectsAreOpenAfterASnapshotInTheMidstOfWork(String workflow) {
        Recording recording = record(workflow);
        Interpreter live = recording.interpreter(ONE_TRANSITION_A_SLICE);

        for (int count = 1; count <= recording.entries().size(); count++) {
            live.apply(recording.entries().get(count - 1));
            String expected = standing(recording.replayed(count));
            while (live.hasWork()) {
                Interpreter restored = recording.restored(live.snapshot());
                Recording.finishWork(restored);
                assertThat(standing(restored)).isEqualTo(expected);
                live.advance();
            }
            assertThat(standing(live)).isEqualTo(expected);
        }
    }

    /** Everything that tells two interpreters apart. */
    private static String standing(Interpreter interpreter) {
        return interpreter.outcome() == null
                ? interpreter.snapshot().toString()
                : interpreter.outcome().toString();
    }

    private static void follow(Effect effect, Map<EffectId, Effect> open) {
        switch (effect) {
            case Effect.RunTask task -> open.put(task.id(), task);
            case Effect.StartTimer timer -> open.put(timer.id(), timer);
            case Effect.ReadItems read -> open.put(read.id(), read);
            case Effect.WriteResults write -> open.put(write.id(), write);
            case Effect.Abandon abandon -> open.remove(abandon.id());
            case Effect.End end -> open.clear();
        }
    }

    private static List<String> texts(Collection<Effect> effects) {
        return effects.stream().map(Effect::toString).toList();
    }

    private Recording record(String workflow) {
        Recording live = Recording.of(
                new SimulatedFunction(new InMemoryStore(), workflows, tasks, mapData),
                workflows.named(workflow),
                input(workflow),
                new Objects(mapData));
        assertThat(live.ended().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return live;
    }

    /** The sample input, but for a file of 10,000 lines: 20 give boundaries enough. */
    private static JsonNode input(String workflow) {
        return workflow.equals("order-file")
                ? Example.json("{\"lines\": 20}")
                : Example.named(workflow).input();
    }

    private static ExecutionStore dynamoDb() {
        String table = DynamoDbLocalExtension.newTableName();
        DynamoDbTable.create(DynamoDbLocalExtension.client(), table);
        return new DynamoDbStore(DynamoDbLocalExtension.client(), table);
    }
}
