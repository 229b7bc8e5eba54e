package dev.reprise.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.journal.dynamodb.DynamoDbTable;
import dev.reprise.local.DynamoDbLocal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * {@code ./reprise dev} as a client on the same machine sees it: how long it takes to start, and what a Pass state
 * takes through the Step Functions API. The command line has to be built.
 */
final class DevEndpoint implements Measurement {

    private static final String PASS =
            "{\"StartAt\": \"P\", \"States\": {\"P\": {\"Type\": \"Pass\", \"End\": true}}%s}";

    private static final String EXPRESS = ", \"Reprise\": {\"Durability\": \"NONE\"}";

    private static final int STARTS = 5;
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 1_000;
    private static final int CONNECTIONS = 100;
    private static final int SECONDS = 10;

    @Override
    public String name() {
        return "dev";
    }

    @Override
    public void run(Report report) throws Exception {
        Path folder = Files.createTempDirectory("reprise-bench");
        Files.createDirectories(folder.resolve("workflows"));
        Files.writeString(folder.resolve("workflows/pass.asl.json"), PASS.formatted(""));
        Files.writeString(folder.resolve("workflows/express.asl.json"), PASS.formatted(EXPRESS));
        starts(folder, report, "in-memory-ready", "--in-memory");
        starts(folder, report, "kept-ready");
        try (Dev dev = new Dev(folder, "--in-memory");
                ApiConnection connection = new ApiConnection(dev.port)) {
            report.figure("in-memory-start-until-succeeded", untilSucceeded(connection), "ms");
            report.figure("start-sync-express", sync(connection), "ms");
            report.figure("express-over-" + CONNECTIONS + "-connections", rate(dev.port), "ops/s");
        }
        try (Dev dev = new Dev(folder);
                ApiConnection connection = new ApiConnection(dev.port)) {
            report.figure("kept-start-until-succeeded", untilSucceeded(connection), "ms");
        }
        report.figure("kept-put", put(folder), "ms");
    }

    private static void starts(Path folder, Report report, String figure, String... arguments) throws Exception {
        new Dev(folder, arguments).close();
        double[] times = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            long begin = System.nanoTime();
            try (Dev dev = new Dev(folder, arguments)) {
                times[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        report.figure(figure, median(times), "ms");
    }

    private static double untilSucceeded(ApiConnection connection) throws IOException {
        double[] times = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            String arn = connection
                    .ask("StartExecution", machine("pass"))
                    .path("executionArn")
                    .textValue();
            String status = "RUNNING";
            while (status.equals("RUNNING")) {
                status = connection
                        .ask("DescribeExecution", "{\"executionArn\": \"" + arn + "\"}")
                        .path("status")
                        .textValue();
            }
            if (!status.equals("SUCCEEDED")) {
                throw new IllegalStateException(arn + " is " + status);
            }
            times[Math.max(i, 0)] = (System.nanoTime() - begin) / 1e6;
        }
        return median(times);
    }

    private static double sync(ApiConnection connection) throws IOException {
        double[] times = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            express(connection);
            times[Math.max(i, 0)] = (System.nanoTime() - begin) / 1e6;
        }
        return median(times);
    }

    private static void express(ApiConnection connection) throws IOException {
        JsonNode answer = connection.ask("StartSyncExecution", machine("express"));
        if (!"SUCCEEDED".equals(answer.path("status").textValue())) {
            throw new IllegalStateException(answer.toString());
        }
    }

    /** Executions a second. */
    private static double rate(int port) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(Thread.ofPlatform().start(() -> {
                try (ApiConnection connection = new ApiConnection(port)) {
                    while (System.nanoTime() < until) {
                        express(connection);
                        done.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        return done.doubleValue() / SECONDS;
    }

    private static String machine(String workflow) {
        return "{\"stateMachineArn\": \"arn:aws:states:us-east-1:000000000000:stateMachine:" + workflow + "\"}";
    }

    /** The floor of what is kept: a plain put where the data are on the disk too. */
    private static double put(Path folder) {
        try (DynamoDbLocal server = DynamoDbLocal.in(folder.resolve("floor"));
                DynamoDbClient client = server.newClient()) {
            DynamoDbTable.create(client, "reprise");
            Puts puts = new Puts(client, "reprise");
            puts.milliseconds(WARM_UP);
            double[] times = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                times[i] = puts.milliseconds(1);
            }
            return median(times);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** A process that is ready. */
    private static final class Dev implements AutoCloseable {

        private final Process process;
        private final int port;

        Dev(Path folder, String... arguments) throws IOException {
            Path launcher = Path.of("reprise").toAbsolutePath();
            List<String> command = new ArrayList<>(List.of(launcher.toString(), "dev", "--port", "0"));
            command.addAll(List.of(arguments));
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            port = port(process);
        }

        private static int port(Process process) throws IOException {
            int port = 0;
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.contains("AWS_ENDPOINT_URL_SFN=")) {
                    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                } else if (line.startsWith("Ready")) {
                    return port;
                }
            }
            throw new IllegalStateException("./reprise dev does not start; is the command line built?"
                    + " ./mvnw package -DskipTests && ./mvnw -f cli/pom.xml package");
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }
}
