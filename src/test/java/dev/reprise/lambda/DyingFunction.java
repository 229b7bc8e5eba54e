package dev.reprise.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.process.UncaughtErrors;
import dev.reprise.task.TaskThreads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A process that something befalls. It lives on unless it is ended. */
final class DyingFunction {

    /** What befalls it, and where. */
    enum Misfortune {
        OUT_OF_MEMORY_IN_THE_HANDLER,
        OUT_OF_MEMORY_ON_A_WORKER_THREAD,
        OUT_OF_MEMORY_ON_A_THREAD_THAT_NOBODY_WATCHES,
        ERROR_ON_THE_THREAD_THAT_ASKS_FOR_EVENTS,
        ERROR_ON_ANOTHER_THREAD
    }

    /** With which it ends that lived on. */
    static final int LIVED_ON = 42;

    private DyingFunction() {}

    /**
     * Has a misfortune.
     *
     * @param arguments a {@link Misfortune}
     */
    public static void main(String[] arguments) throws Exception {
        UncaughtErrors.see();
        CountDownLatch over = new CountDownLatch(1);
        switch (Misfortune.valueOf(arguments[0])) {
            case OUT_OF_MEMORY_IN_THE_HANDLER -> handle();
            case OUT_OF_MEMORY_ON_A_WORKER_THREAD -> {
                var unused = new TaskThreads(Executors.newSingleThreadExecutor())
                        .run(DyingFunction::fillTheHeap)
                        .subscribe()
                        .with(filled -> over.countDown(), failed -> over.countDown());
                over.await();
            }
            case OUT_OF_MEMORY_ON_A_THREAD_THAT_NOBODY_WATCHES -> onThread("timer", DyingFunction::fillTheHeap);
            case ERROR_ON_THE_THREAD_THAT_ASKS_FOR_EVENTS ->
                onThread("Lambda Thread (NORMAL)", DyingFunction::overflow);
            case ERROR_ON_ANOTHER_THREAD -> onThread("timer", DyingFunction::overflow);
        }
        Runtime.getRuntime().halt(LIVED_ON);
    }

    private static void handle() throws IOException {
        try {
            new EventHandler(
                            (event, invocation) -> JsonNodeFactory.instance.numberNode(fillTheHeap()),
                            InstantSource.system())
                    .handle(
                            new ByteArrayInputStream(new byte[0]),
                            new ByteArrayOutputStream(),
                            new StubContext("r-1", 5_000));
        } catch (RuntimeException e) {
            // As Quarkus' loop would, it goes on.
        }
    }

    private static void onThread(String name, Runnable work) throws InterruptedException {
        Thread thread = Thread.ofPlatform().name(name).start(work);
        thread.join();
    }

    private static int fillTheHeap() {
        List<long[]> all = new ArrayList<>();
        while (all.size() < Integer.MAX_VALUE) {
            all.add(new long[1 << 17]);
        }
        return all.size();
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static void overflow() {
        overflow();
    }
}
