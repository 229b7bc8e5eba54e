package dev.reprise.task;

import dev.reprise.execution.StatesError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file to which each task that starts in this process appends one line, its idempotency key: an audit trail that
 * shows what ran, and what ran twice. Several processes may share the file. Thread-safe.
 */
public final class TaskLog {

    private final @Nullable Path path;
    private final @Nullable FileChannel file;

    private TaskLog(@Nullable Path path, @Nullable FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Keeps nothing. */
    public static TaskLog none() {
        return new TaskLog(null, null);
    }

    /**
     * A log in that file, which is made when it does not exist.
     *
     * @throws UncheckedIOException when the file cannot be opened or made
     */
    public static TaskLog appendingTo(Path path) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return new TaskLog(
                    path,
                    FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot append to the task log '" + path + "' (reprise.task-log)", e);
        }
    }

    /** A trail with holes would be worse than none: a line that cannot be written fails the task before it starts. */
    void started(TaskContext context) {
        if (file == null) {
            return;
        }
        try {
            // One write of the whole line: the system keeps appended lines of several processes apart.
            file.write(ByteBuffer.wrap((context.idempotencyKey() + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new TaskException(
                    new StatesError(
                            "Reprise.TaskLogFailed", "Cannot append to the task log '" + path + "': " + e.getMessage()),
                    e);
        }
    }
}
