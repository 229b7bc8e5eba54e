package dev.reprise.nativetests.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process of a function, under Lambda's rules: it is frozen whenever it has nothing to do, killed when it passes
 * its deadline, and works on one event at a time. A test may also freeze or end it at any moment of its own choice.
 */
public final class Sandbox implements AutoCloseable {

    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("deadlines").factory());

    private final RuntimeApi api;
    private final Process process;
    private final Path log;
    private final long begun;

    /** How long it took until it asked for an event first. */
    private final CompletableFuture<Duration> ready = new CompletableFuture<>();

    /** The event it was last given. Guarded by this. */
    private @Nullable Invocation last;

    /** Why it cannot start, if it said so. Guarded by this. */
    private Outcome.@Nullable NeverStarted startFailure;

    /** Set before the process is told to end, because its death takes a moment. Guarded by this. */
    private boolean givenUp;

    private Sandbox(FunctionPackage function, FunctionSettings settings, Path log) throws IOException {
        this.log = log;
        api = new RuntimeApi(settings.arn(), new Lifecycle());
        var builder = new ProcessBuilder(function.command(settings))
                .directory(function.taskRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(lambdaEnvironment(function, settings));
        builder.environment().putAll(settings.environment());
        begun = System.nanoTime();
        process = builder.start();
        process.onExit().thenAccept(ended -> whenProcessEnded(ended.exitValue()));
    }

    /**
     * Starts a process; returns before it is ready.
     *
     * @param log the file that takes what the process prints
     */
    static Sandbox start(FunctionPackage function, FunctionSettings settings, Path log) {
        try {
            Files.createDirectories(log.getParent());
            return new Sandbox(function, settings, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a process in " + function.taskRoot(), e);
        }
    }

    private Map<String, String> lambdaEnvironment(FunctionPackage function, FunctionSettings settings) {
        return Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api.address()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", settings.name()),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes())),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name()),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", log.getFileName().toString()),
                Map.entry("AWS_REGION", FunctionSettings.REGION),
                Map.entry("AWS_DEFAULT_REGION", FunctionSettings.REGION),
                Map.entry("AWS_ACCESS_KEY_ID", "test"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "test"),
                Map.entry("LAMBDA_TASK_ROOT", function.taskRoot().toString()),
                Map.entry("_HANDLER", settings.handler()),
                Map.entry("LANG", "en_US.UTF-8"),
                Map.entry("TZ", ":UTC"),
                Map.entry("PATH", "/usr/local/bin:/usr/bin:/bin"));
    }

    /** Gives it an event, which it takes as soon as it is ready. Only one that is {@link #isFree()} is given one. */
    synchronized void give(Invocation invocation) {
        if (!isFree()) {
            throw new IllegalStateException(
                    (isAlive() ? "a sandbox works on one event at a time: " : "the process is gone: ") + last);
        }
        last = invocation;
        if (startFailure != null) {
            invocation.end(startFailure);
            return;
        }
        // A process that is starting, or between its answer and its next question, runs anyway.
        thaw();
        api.offer(invocation);
        if (!process.isAlive()) {
            // It ended meanwhile; its exit was handled before the event was here.
            whenProcessEnded(process.exitValue());
        }
    }

    /** Whether it is alive and has answered whatever it was given. */
    public synchronized boolean isFree() {
        return isAlive() && !givenUp && (last == null || last.outcome().isPresent());
    }

    /** Whether the process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops the process between two instructions, as Lambda does with one that has nothing to do. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process go on. */
    public void thaw() {
        signal("CONT");
    }

    /** {@code kill -9}; returns when the process is gone. */
    public void kill() {
        giveUp();
        awaitExit();
    }

    /** SIGTERM, which Lambda sends to a sandbox that it gives up; returns when the process is gone. */
    public void terminate() {
        synchronized (this) {
            givenUp = true;
            thaw();
            process.destroy();
        }
        awaitExit();
    }

    /**
     * Waits until it asks for an event, as Lambda does before it gives it one.
     *
     * @return how long that took, from its start on
     * @throws AssertionError when it does not ask
     */
    public Duration awaitReady() {
        try {
            return ready.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + process.pid() + " starts", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("process " + process.pid() + " asks for no event; see " + log, e);
        }
    }

    /**
     * How much memory it has in use, in bytes: what Linux calls its resident set.
     *
     * @throws UncheckedIOException where there is no such account
     */
    public long residentBytes() {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            String kilobytes = status.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("process " + process.pid() + " is gone"));
            return Long.parseLong(kilobytes) * 1_024;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see how much memory process " + process.pid() + " has", e);
        }
    }

    /** What the process has printed so far. */
    public String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    @Override
    public void close() {
        kill();
        api.close();
    }

    private synchronized void giveUp() {
        givenUp = true;
        process.destroyForcibly();
    }

    private void awaitExit() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new AssertionError("process " + process.pid() + " does not end; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + process.pid() + " ends", e);
        }
    }

    private void whenProcessEnded(int exitStatus) {
        api.endAll(new Outcome.Died(exitStatus));
    }

    private void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + name + " to process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name, e);
        }
    }

    /** What the process tells through its Runtime API. */
    private final class Lifecycle implements RuntimeApi.Listener {

        @Override
        public void asksForNext() {
            ready.complete(Duration.ofNanos(System.nanoTime() - begun));
            synchronized (Sandbox.this) {
                if (!givenUp && !api.hasPending()) {
                    freeze();
                }
            }
        }

        @Override
        public void took(Invocation invocation, Instant deadline) {
            long remaining = Duration.between(Instant.now(), deadline).toMillis();
            DEADLINES.schedule(() -> atDeadline(invocation), remaining, TimeUnit.MILLISECONDS);
        }

        private void atDeadline(Invocation invocation) {
            synchronized (Sandbox.this) {
                if (invocation.end(new Outcome.TimedOut(invocation.timeout()))) {
                    giveUp();
                }
            }
        }

        @Override
        public void cannotStart(Outcome.NeverStarted why) {
            synchronized (Sandbox.this) {
                startFailure = why;
            }
            api.endAll(why);
        }
    }
}
