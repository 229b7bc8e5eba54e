package dev.reprise.chaos;

import dev.reprise.operations.ExecutionDescription;
import dev.reprise.task.TaskCall;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A process that carries one execution on until it ends: it prints a line when it is ready, one for each task that it
 * begins, and one when the execution has ended.
 */
final class EngineProcess {

    static final String READY = "ready";
    static final String BEGINS = "begins ";
    static final String ENDED = "ended ";

    /** What becomes of the task for number 500, when it is tried for the first time. */
    enum Misfortune {
        NONE,
        OUT_OF_MEMORY,
        FULL_DISK
    }

    private EngineProcess() {}

    /**
     * What the process does.
     *
     * @param arguments the endpoint of DynamoDB, the table, the execution's name, a {@link Misfortune}
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Misfortune misfortune = Misfortune.valueOf(arguments[3]);
        try (DynamoDbClient client = Table.client(URI.create(arguments[0]))) {
            SquaringEngine engine = new SquaringEngine(Table.store(client, arguments[1]), call -> {
                out.println(BEGINS + call.context().idempotencyKey());
                if (call.input().intValue() == 500 && call.context().attempt() == 0) {
                    befall(misfortune, call);
                }
            });
            out.println(READY);
            ExecutionDescription ended = engine.run(arguments[2]);
            out.println(ENDED + ended.status());
        }
        // Timers of libraries are no reason to stay.
        System.exit(0);
    }

    private static void befall(Misfortune misfortune, TaskCall call) throws IOException {
        switch (misfortune) {
            case NONE -> {}
            case OUT_OF_MEMORY -> {
                List<long[]> all = new ArrayList<>();
                while (all.size() < Integer.MAX_VALUE) {
                    all.add(new long[1 << 20]);
                }
            }
            case FULL_DISK -> {
                try (FileOutputStream full = new FileOutputStream("/dev/full")) {
                    full.write(call.input().toString().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }
}
