package dev.reprise.console;

import dev.reprise.runtime.RunEvent;
import dev.reprise.runtime.RunListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells consoles that look on which executions have changed, as server-sent events. It says only that one has: what has
 * become of it, the console asks. So what happens in between is told once, and a slow reader costs no memory.
 * Thread-safe.
 */
public final class Changes implements RunListener, AutoCloseable {

    /** Streams at once; whoever comes later asks from time to time instead. */
    static final int STREAMS = 32;

    /** Changed executions that are remembered for one reader; beyond it he is told that anything may have changed. */
    private static final int REMEMBERED = 1_000;

    /** After it something is said in any case, so that a reader who has gone is noticed. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** Changes that come so close together are told together. */
    private static final Duration TOGETHER = Duration.ofMillis(100);

    private static final String ANY = "";

    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    @Override
    public void on(RunEvent event) {
        for (Reader reader : readers) {
            reader.changed(event.executionArn());
        }
    }

    /** Whether one more stream may be opened. */
    boolean hasRoom() {
        return !isClosed && readers.size() < STREAMS;
    }

    /** The last look for room: two that were both promised it may come for the same. */
    private synchronized boolean add(Reader reader) {
        return hasRoom() && readers.add(reader);
    }

    /**
     * Tells of changes until nobody reads any more, or this is closed; of nothing where there is no room.
     *
     * @throws IOException when nobody reads any more
     */
    void tell(OutputStream out) throws IOException {
        Reader reader = new Reader();
        if (!add(reader)) {
            return;
        }
        try {
            out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            while (!isClosed) {
                StringBuilder text = new StringBuilder();
                for (String executionArn : reader.next()) {
                    text.append("event: execution\ndata: ").append(executionArn).append("\n\n");
                }
                out.write((text.isEmpty() ? ":\n\n" : text.toString()).getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(TOGETHER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            readers.remove(reader);
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        isClosed = true;
        readers.forEach(Reader::wake);
    }

    private static final class Reader {

        /** Guarded by this. */
        private final Set<String> changed = new LinkedHashSet<>();

        private boolean isAwake;

        synchronized void changed(String executionArn) {
            if (changed.size() >= REMEMBERED) {
                changed.clear();
                changed.add(ANY);
            } else if (!changed.contains(ANY)) {
                changed.add(executionArn);
            }
            notifyAll();
        }

        synchronized void wake() {
            isAwake = true;
            notifyAll();
        }

        /** What has changed since the last call; empty when nothing has for a while. */
        synchronized List<String> next() throws InterruptedException {
            long until = System.nanoTime() + SILENCE.toNanos();
            long left = SILENCE.toMillis();
            while (changed.isEmpty() && !isAwake && left > 0) {
                wait(left);
                left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            }
            List<String> next = List.copyOf(changed);
            changed.clear();
            return next;
        }
    }
}
