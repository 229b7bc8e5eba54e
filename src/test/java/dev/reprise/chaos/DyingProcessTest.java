package dev.reprise.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.chaos.EngineProcess.Misfortune;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.local.DynamoDbLocalExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A process that runs out of memory or of disk, or is told to end, in the midst of a Map: the next one brings it to its
 * end.
 */
@ExtendWith(DynamoDbLocalExtension.class)
@Timeout(120)
class DyingProcessTest {

    private static final String EXECUTION = "dying";

    private static EngineJvm jvm;

    private final URI endpoint;
    private final String table;
    private final Witnessed witnessed;

    DyingProcessTest(DynamoDbClient client, URI endpoint, @DynamoDbLocalExtension.TableName String table) {
        this.endpoint = endpoint;
        this.table = table;
        DynamoDbTable.create(client, table);
        this.witnessed = new Witnessed(Table.store(client, table), EXECUTION);
    }

    /** One for all, so that the first process alone loads its classes one by one. */
    @BeforeAll
    static void pack(@TempDir Path folder) throws IOException {
        jvm = new EngineJvm(folder);
    }

    @Test
    void outOfMemory() {
        Life dying = start(Misfortune.OUT_OF_MEMORY).toItsEnd();

        assertThat(dying.exitStatus()).as("-XX:+ExitOnOutOfMemoryError").isEqualTo(3);
        assertThat(dying.begun()).hasSizeGreaterThan(400);
        theNextOneBringsItToItsEnd(dying);
    }

    @Test
    void toldToEnd() {
        Life dying = start(Misfortune.NONE).untilTask(300, ProcessHandle::destroy);

        assertThat(dying.exitStatus()).as("SIGTERM").isEqualTo(143);
        theNextOneBringsItToItsEnd(dying);
    }

    private void theNextOneBringsItToItsEnd(Life dying) {
        assertThat(dying.ended()).isFalse();
        witnessed.lived(dying, Set.of());
        Set<String> durable = witnessed.durable();
        assertThat(durable).isNotEmpty();

        Life next = start(Misfortune.NONE).toItsEnd();

        witnessed.lived(next, durable);
        witnessed.endedWell();
        assertThat(next.begun()).hasSize(Squares.ITEMS - durable.size());
    }

    /** The task fails, as any task may, and its Retrier has it run once more. */
    @Test
    void aFullDisk() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "only Linux has a disk that is always full");

        Life life = start(Misfortune.FULL_DISK).toItsEnd();

        assertThat(life.ended()).isTrue();
        assertThat(life.begun()).hasSize(Squares.ITEMS + 1);
        witnessed.endedWell();
    }

    private Life start(Misfortune misfortune) {
        return jvm.start(endpoint, table, EXECUTION, misfortune);
    }
}
