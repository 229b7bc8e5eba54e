package dev.reprise.task;

import org.jspecify.annotations.Nullable;

/** The task whose method runs in this thread: so what it logs can be told from what others log. */
public final class CurrentTask {

    private static final ThreadLocal<@Nullable TaskContext> CONTEXT = new ThreadLocal<>();

    private CurrentTask() {}

    /** Its context; null when no task's method runs in this thread. */
    public static @Nullable TaskContext context() {
        return CONTEXT.get();
    }

    static void begin(TaskContext context) {
        CONTEXT.set(context);
    }

    static void end() {
        CONTEXT.remove();
    }
}
