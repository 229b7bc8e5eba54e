package dev.reprise.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.local.DynamoDbLocalExtension.TableName;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

@ExtendWith(DynamoDbLocalExtension.class)
class DynamoDbLocalTest {

    @Test
    void isTheRealEngine(DynamoDbClient client, @TableName String table) {
        createTable(client, table);
        put(client, table, "a");

        assertThatThrownBy(() -> client.putItem(request -> request.tableName(table)
                        .item(Map.of("pk", AttributeValue.fromS("a")))
                        .conditionExpression("attribute_not_exists(pk)")))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void isStartedOnceForAJvm(URI endpoint) {
        assertThat(SharedDynamoDbLocal.endpoint(Optional.empty())).isEqualTo(endpoint);
    }

    @Test
    void isOutOfReachForOtherMachines(URI endpoint) throws Exception {
        Optional<InetAddress> address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(candidate -> !candidate.isLoopbackAddress() && !candidate.isLinkLocalAddress())
                .findFirst();
        if (address.isPresent()) {
            assertThatThrownBy(() -> new Socket(address.get(), endpoint.getPort()).close())
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void keepsItsDataFromOneStartToTheNext(@TempDir Path folder) {
        try (DynamoDbLocal first = DynamoDbLocal.in(folder);
                DynamoDbClient client = first.newClient()) {
            createTable(client, "kept");
            put(client, "kept", "a");
        }
        try (DynamoDbLocal second = DynamoDbLocal.in(folder);
                DynamoDbClient client = second.newClient()) {
            assertThat(client.scan(request -> request.tableName("kept")).items())
                    .containsExactly(Map.of("pk", AttributeValue.fromS("a")));
        }
    }

    @Test
    void isStartedAgainWithItsDataWhenItIsKilled(@TempDir Path folder) throws Exception {
        URI endpoint = SharedDynamoDbLocal.endpoint(Optional.of(folder));
        try (DynamoDbClient client = DynamoDbLocal.newClient(endpoint)) {
            createTable(client, "kept");
            put(client, "kept", "a");
            String running = System.getProperty(
                    "reprise.dynamodb-local.running." + folder.toAbsolutePath().normalize());
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(running.split(" ", -1)[0])).orElseThrow();

            child.destroyForcibly();
            child.onExit().get(60, TimeUnit.SECONDS);

            assertThat(itemsOnceItAnswers(client)).containsExactly(Map.of("pk", AttributeValue.fromS("a")));
            assertThat(SharedDynamoDbLocal.endpoint(Optional.of(folder))).isEqualTo(endpoint);
        }
    }

    /** What nothing refers to the collector closes, and with the file goes the lock. */
    @Test
    void holdsItsFolderAsLongAsItLives(@TempDir Path folder) throws Exception {
        try (DynamoDbLocal server = DynamoDbLocal.in(folder);
                FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
            assertThat(lock.tryLock()).isNull();

            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            for (int i = 0; i < 2; i++) {
                Process collection =
                        new ProcessBuilder(jcmd.toString(), String.valueOf(server.pid()), "GC.run").start();
                assertThat(collection.waitFor()).isZero();
            }

            assertThat(lock.tryLock()).isNull();
        }
    }

    private static List<Map<String, AttributeValue>> itemsOnceItAnswers(DynamoDbClient client) throws Exception {
        for (int i = 0; i < 100; i++) {
            try {
                return client.scan(request -> request.tableName("kept")).items();
            } catch (SdkClientException e) {
                Thread.sleep(200);
            }
        }
        throw new AssertionError("It does not answer");
    }

    @Test
    void aFolderServesOneAtATimeAndSaysWhoHasIt(@TempDir Path folder) {
        try (DynamoDbLocal first = DynamoDbLocal.in(folder)) {
            assertThat(first.pid()).isPositive();
            assertThatThrownBy(() -> DynamoDbLocal.in(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("-Dreprise.local.data=");
        }
    }

    @Test
    void aFolderThatIsGoneIsSaid(@TempDir Path folder) {
        assertThat(LocalData.trouble(folder)).isNull();
        assertThat(LocalData.trouble(folder.resolve("gone")))
                .contains("was deleted")
                .contains("start it again");
    }

    @Test
    void aFullDiskIsSaid() {
        Path noDisk = Path.of("/sys");
        assumeTrue(Files.isWritable(noDisk), "only root may write to a file system of Linux that never has room");

        assertThat(LocalData.trouble(noDisk)).contains("is full").contains("-Dreprise.local.data=");
    }

    @Test
    void endsWhenItsParentIsKilled(@TempDir Path folder) throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentOfDynamoDbLocal.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long childPid;
        try (var output = parent.inputReader()) {
            childPid = Long.parseLong(output.readLine());
        }
        ProcessHandle child = ProcessHandle.of(childPid).orElseThrow();
        parent.destroyForcibly();

        child.onExit().get(60, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void saysWhatToDoWithoutItsClassPath() {
        String before = System.setProperty(DynamoDbLocal.CLASS_PATH_FILE_PROPERTY, "nowhere");
        try {
            assertThatThrownBy(DynamoDbLocal::inMemory).hasMessageContaining("./mvnw process-resources");
        } finally {
            if (before == null) {
                System.clearProperty(DynamoDbLocal.CLASS_PATH_FILE_PROPERTY);
            } else {
                System.setProperty(DynamoDbLocal.CLASS_PATH_FILE_PROPERTY, before);
            }
        }
    }

    private static void createTable(DynamoDbClient client, String table) {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(List.of(KeySchemaElement.builder()
                        .attributeName("pk")
                        .keyType(KeyType.HASH)
                        .build()))
                .attributeDefinitions(List.of(AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build())));
    }

    private static void put(DynamoDbClient client, String table, String key) {
        client.putItem(request -> request.tableName(table).item(Map.of("pk", AttributeValue.fromS(key))));
    }
}
