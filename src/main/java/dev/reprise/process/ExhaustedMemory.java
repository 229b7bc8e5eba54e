package dev.reprise.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process when memory has run out. Whatever a thread was about when it met an {@link OutOfMemoryError} is left
 * half done, and other threads meet it next: so nothing more is to be done here, and another process goes on from what
 * is durable.
 *
 * <p>The JVM's and the native executable's own {@code -XX:+ExitOnOutOfMemoryError} does the same where it is set, and
 * sooner; this is for where it is not.
 */
public final class ExhaustedMemory {

    /** What the process ends with, as under {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int EXIT_STATUS = 3;

    /** A chain of causes longer than this is taken for a ring. */
    private static final int MOST_CAUSES = 50;

    /** Made beforehand: there may be no room to make it later. */
    private static final byte[] LAST_LINE =
            ("Memory is exhausted: this process ends, and the next one goes on from what was recorded. Give the"
                            + " function more memory, or its executions less to hold at once\n")
                    .getBytes(StandardCharsets.UTF_8);

    private static final OutputStream ERRORS = new FileOutputStream(FileDescriptor.err);

    private ExhaustedMemory() {}

    /**
     * Returns only if {@code thrown} is no {@link OutOfMemoryError}, and none caused it; else the process is over,
     * without its shutdown hooks.
     */
    public static void haltOn(Throwable thrown) {
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            if (each instanceof OutOfMemoryError) {
                halt();
            }
            each = each.getCause();
        }
    }

    private static void halt() {
        try {
            ERRORS.write(LAST_LINE);
        } catch (Throwable e) {
            // There is nobody left to tell.
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }
}
