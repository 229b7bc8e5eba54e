package dev.reprise.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.journal.dynamodb.DynamoDbStore;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.seal.KeysInMemory;
import dev.reprise.journal.seal.SealingStore;
import dev.reprise.journal.store.DataKeyUnavailableException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.local.DynamoDbLocalExtension;
import dev.reprise.task.TaskException;
import dev.reprise.task.TaskRunner;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** With a key, what an execution knows is nowhere in the table; without the key service, nothing is lost. */
@ExtendWith(DynamoDbLocalExtension.class)
class SealedExecutionsTest {

    /** It is in every value: input, tasks' inputs and results, errors, variables, large values, callbacks. */
    private static final String SECRET = "4711-0815-SECRET";

    private static final String DEFINITION = """
        {"StartAt": "Charge", "States": {
          "Charge": {"Type": "Task", "Resource": "task:charge", "ResultPath": "$.charge",
            "Catch": [{"ErrorEquals": ["Declined"], "ResultPath": "$.declined", "Next": "Each"}], "Next": "Each"},
          "Each": {"Type": "Map", "ItemsPath": "$.lines", "ResultPath": "$.done", "Next": "Ask",
            "ItemProcessor": {"StartAt": "One", "States": {"One": {"Type": "Task", "Resource": "task:one", "End": true}}}},
          "Ask": {"Type": "Parallel", "ResultPath": "$.answers", "End": true, "Branches": [
            {"StartAt": "Send", "States": {"Send": {"Type": "Task", "Resource": "task:ask.waitForTaskToken",
              "Parameters": {"card.$": "$.card", "token.$": "$$.Task.Token"}, "End": true}}},
            {"StartAt": "Pack", "States": {"Pack": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:111111111111:activity:pack",
              "Parameters": {"card.$": "$.card"}, "End": true}}}]}}}\
        """;

    private static final String PACK = "arn:aws:states:us-east-1:111111111111:activity:pack";

    private static final TaskRunner TASKS = TestEngine.answering(call -> switch (call.resource()) {
        case "task:charge" -> throw new TaskException("Declined", "no money on " + SECRET);
        case "task:one" -> "'" + (SECRET + " large ").repeat(20_000) + "'";
        default -> "'asked for " + SECRET + "'";
    });

    private final KeysInMemory keys = new KeysInMemory();
    private final DynamoDbClient client = DynamoDbLocalExtension.client();
    private final String table = DynamoDbLocalExtension.newTableName();
    private final ExecutionStore store;

    SealedExecutionsTest() {
        DynamoDbTable.create(client, table);
        store = new DynamoDbStore(client, table);
    }

    @Test
    void nothingThatAnExecutionKnowsIsReadableInTheTable() {
        Run run = new Run(keys.sealing(store, InstantSource.system()));
        run.untilItWaits();
        assertThat(places()).as("while it waits").isEmpty();
        run.answer();
        assertThat(places()).as("when it was answered").isEmpty();

        ExecutionDescription ended = run.toItsEnd();

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.output().toString()).contains(SECRET);
        assertThat(places()).as("after its end").isEmpty();
    }

    /** The search finds it where nothing is sealed: what stands above can fail. */
    @Test
    void withoutAKeyTheSearchFindsItEverywhere() {
        Run run = new Run(keys.opening(store));
        run.untilItWaits();
        Set<String> places = places();
        run.answer();
        places.addAll(places());
        run.toItsEnd();
        places.addAll(places());

        assertThat(places).contains("HEAD", "SEG#", "BLOB#", "IN#", "WAIT#");
    }

    /** Where the secret stands: the kinds of items that hold it. */
    private Set<String> places() {
        Set<String> places = new TreeSet<>();
        for (Map<String, AttributeValue> item :
                client.scanPaginator(scan -> scan.tableName(table)).items()) {
            if (item.values().stream().anyMatch(value -> text(value).contains(SECRET))) {
                places.add(item.get("sk").s().replaceFirst("#.*", "#"));
            }
        }
        return places;
    }

    /** As it stands there, and inflated where that can be. */
    private static String text(AttributeValue value) {
        if (value.b() == null) {
            return value.toString();
        }
        byte[] bytes = value.b().asByteArray();
        byte[] inflated = new byte[1_000_000];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes);
            return new String(bytes, UTF_8) + new String(inflated, 0, inflater.inflate(inflated), UTF_8);
        } catch (DataFormatException e) {
            return new String(bytes, UTF_8);
        } finally {
            inflater.end();
        }
    }

    /** Ten resumes in vain end an execution: those for want of a key are none, whether it is noticed early or late. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void resumesWithoutTheKeyServiceAreNotInVain(int length) {
        SealingStore sealing = keys.sealing(store, InstantSource.system());
        Run run = new Run(sealing);
        // A long input stands beside the head, which is readable without it: the lease is taken then.
        run.untilItWaits("x".repeat(3 * length));
        ExecutionId id = ExecutionId.ofArn(run.waiting.executionArn());
        run.answer();

        keys.outOfReach(true);
        Run another = new Run(keys.sealing(store, InstantSource.system()));
        another.waiting = run.waiting;
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(another::toItsEnd)
                    .isInstanceOf(DataKeyUnavailableException.class)
                    .hasMessageContaining(KeysInMemory.ARN);
        }
        keys.outOfReach(false);

        Head head = sealing.readHead(id, new UnitMeter());
        assertThat(head.resumes() - head.progress().fruitful()).isLessThanOrEqualTo(1);
        assertThat(another.toItsEnd().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    /** An execution that waits for a callback and then for an activity's worker. */
    private static final class Run {

        private final TestEngine engine;
        private final TaskCallbacks callbacks;
        private ExecutionDescription waiting;

        Run(ExecutionStore store) {
            engine = new TestEngine(store, DEFINITION, TASKS);
            callbacks = new TaskCallbacks(engine.journals, (executionArn, at) -> {}, InstantSource.system());
        }

        void untilItWaits() {
            untilItWaits("");
        }

        void untilItWaits(String note) {
            waiting = engine.start("{'card': '" + SECRET + "', 'lines': [1, 2, 3], 'note': '" + note + "'}");
            assertThat(waiting.status()).isEqualTo(ExecutionStatus.RUNNING);
        }

        void answer() {
            String asked = engine.calls.getLast().context().taskToken();
            callbacks.sendTaskSuccess(asked, TestEngine.json("'yes " + SECRET + "'"));
            TaskCallbacks.ActivityTask task = callbacks.getActivityTask(PACK, "worker");
            assertThat(task.input().toString()).contains(SECRET);
            callbacks.sendTaskSuccess(task.taskToken(), TestEngine.json("'packed " + SECRET + "'"));
        }

        ExecutionDescription toItsEnd() {
            waiting = engine.resume(waiting);
            return waiting;
        }
    }
}
