package dev.reprise.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process of the engine, from its start to its death. Used by one thread. */
final class Life {

    private final Process process;

    /** Idempotency keys of the tasks that it began, in this order. What it printed before it was killed is not lost. */
    private final List<String> begun = new ArrayList<>();

    private boolean ended;

    Life(Process process) {
        this.process = process;
    }

    /** What is done to it when it begins its task of that number. */
    Life untilTask(int number, Consumer<ProcessHandle> fate) {
        return until(line -> {
            if (line.startsWith(EngineProcess.BEGINS) && begun.size() == number) {
                fate.accept(process.toHandle());
            }
        });
    }

    /** What is done to it so long after it is ready. */
    Life untilMillis(long millis, Consumer<ProcessHandle> fate) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        return until(line -> {
            if (line.equals(EngineProcess.READY)) {
                later.execute(() -> fate.accept(process.toHandle()));
            }
        });
    }

    /** It dies of itself. */
    Life toItsEnd() {
        return until(line -> {});
    }

    private Life until(Consumer<String> seen) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EngineProcess.BEGINS)) {
                    begun.add(line.substring(EngineProcess.BEGINS.length()));
                }
                ended |= line.startsWith(EngineProcess.ENDED);
                seen.accept(line);
            }
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a process of the engine runs", e);
        }
        return this;
    }

    List<String> begun() {
        return begun;
    }

    /** Whether the execution had ended before the process did. */
    boolean ended() {
        return ended;
    }

    int exitStatus() {
        return process.exitValue();
    }
}
