package dev.reprise.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.local.DynamoDbLocalExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code kill -9} at 20 random moments, or as many as {@code -Dkills} says, over Maps of 1,000 items. {@code
 * -Dkill-seed} repeats the moments of a run, as far as the machine allows.
 */
@ExtendWith(DynamoDbLocalExtension.class)
class KilledProcessesTest {

    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long SEED = Long.getLong("kill-seed", System.nanoTime());

    /** The most tasks that a process begins before it is killed. */
    private static final int LONGEST_LIFE = 80;

    /** Not much more than it takes to begin the first task. */
    private static final int LONGEST_MILLIS = 400;

    /** What came of the executions that were killed one after the other. */
    private record Toll(int executions, int begunAgain) {}

    private final DynamoDbClient client;
    private final URI endpoint;
    private final String table;

    KilledProcessesTest(DynamoDbClient client, URI endpoint, @DynamoDbLocalExtension.TableName String table) {
        this.client = client;
        this.endpoint = endpoint;
        this.table = table;
        DynamoDbTable.create(client, table);
    }

    @Test
    @Timeout(600)
    void nothingIsLostAndNothingDurableIsDoneAgain(@TempDir Path folder)
            throws IOException, ExecutionException, InterruptedException {
        System.out.printf("chaos %d kills, -Dkill-seed=%d%n", KILLS, SEED);
        EngineJvm jvm = new EngineJvm(folder);
        // The first process ends by itself, and leaves the archive that the others start from.
        assertThat(jvm.start(endpoint, table, "undisturbed", EngineProcess.Misfortune.NONE)
                        .toItsEnd()
                        .ended())
                .isTrue();
        long begin = System.nanoTime();
        int lanes = Runtime.getRuntime().availableProcessors();
        SplittableRandom random = new SplittableRandom(SEED);
        List<Future<Toll>> tolls = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
            for (int lane = 0; lane < lanes; lane++) {
                int kills = KILLS * (lane + 1) / lanes - KILLS * lane / lanes;
                SplittableRandom own = random.split();
                String name = "lane" + lane;
                tolls.add(threads.submit(() -> kill(jvm, name, kills, own)));
            }
        }
        int executions = 0;
        int begunAgain = 0;
        for (Future<Toll> toll : tolls) {
            executions += toll.get().executions();
            begunAgain += toll.get().begunAgain();
        }
        System.out.printf(
                "chaos %d kills over %d Maps of %d items in %d s, %d tasks begun again, none of them durable%n",
                KILLS, executions, Squares.ITEMS, (System.nanoTime() - begin) / 1_000_000_000, begunAgain);
    }

    /**
     * One execution after the other, each in one process after the other, until so many of them are killed; the last
     * execution is left to end.
     */
    private Toll kill(EngineJvm jvm, String lane, int kills, SplittableRandom random) {
        ExecutionStore store = Table.store(client, table);
        int left = kills;
        int executions = 0;
        int begunAgain = 0;
        while (left > 0) {
            String execution = lane + "-" + ++executions;
            Witnessed witnessed = new Witnessed(store, execution);
            boolean ended = false;
            while (!ended) {
                var durable = witnessed.durable();
                Life life = jvm.start(endpoint, table, execution, EngineProcess.Misfortune.NONE);
                if (left == 0) {
                    life.toItsEnd();
                } else if (random.nextInt(4) == 0) {
                    life.untilMillis(random.nextInt(LONGEST_MILLIS), ProcessHandle::destroyForcibly);
                } else {
                    life.untilTask(random.nextInt(1, LONGEST_LIFE + 1), ProcessHandle::destroyForcibly);
                }
                witnessed.lived(life, durable);
                ended = life.ended();
                left -= life.exitStatus() == 137 ? 1 : 0;
                assertThat(life.exitStatus()).as("see what is in %s", jvm.log()).isIn(0, 137);
            }
            witnessed.endedWell();
            begunAgain += witnessed.begunAgain();
        }
        return new Toll(executions, begunAgain);
    }
}
