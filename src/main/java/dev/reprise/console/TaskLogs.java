package dev.reprise.console;

import dev.reprise.task.CurrentTask;
import dev.reprise.task.TaskContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what tasks' methods have logged in this process, of the executions that logged last, so that it can be shown
 * beside their states. Bounded in executions, lines and characters. Thread-safe.
 */
public final class TaskLogs {

    /** Executions whose lines are kept. */
    static final int MOST_EXECUTIONS = 100;

    /** Lines of one execution; of more, the last ones are kept. */
    static final int MOST_LINES = 2_000;

    /** Characters of a message, and of a stack trace. */
    static final int LONGEST = 8_000;

    /** Characters of all lines together. */
    static final long MOST_CHARACTERS = 8_000_000;

    /**
     * One line.
     *
     * @param number from 1, in the order in which lines came in this process
     * @param level {@code ERROR}, {@code WARN}, {@code INFO} or {@code DEBUG}
     * @param scope where the state stands, such as {@code /} or {@code /ProcessOrders[17]}
     * @param attempt 0 for the first attempt
     * @param stackTrace null when nothing was thrown
     */
    record Line(
            long number,
            Instant at,
            String level,
            String logger,
            String message,
            String state,
            String scope,
            int attempt,
            @Nullable String stackTrace) {

        int length() {
            return logger.length() + message.length() + (stackTrace == null ? 0 : stackTrace.length());
        }
    }

    /** Of one execution. */
    private static final class Lines {
        private final Deque<Line> kept = new ArrayDeque<>();
        private boolean areCut;
    }

    /**
     * What is kept of one execution.
     *
     * @param areCut whether earlier ones were dropped
     */
    record Kept(List<Line> lines, boolean areCut) {
        Kept {
            lines = List.copyOf(lines);
        }
    }

    /** By ARN, those that logged last at the end. Guarded by this. */
    private final Map<String, Lines> executions = new LinkedHashMap<>(16, 0.75f, true);

    private long numbers;
    private long characters;

    /**
     * Takes what is logged in this process, and keeps what tasks' methods say.
     *
     * @param words puts parameters into messages
     */
    public Handler handler(Formatter words) {
        return new Handler() {

            @Override
            public void publish(LogRecord said) {
                TaskContext task = CurrentTask.context();
                if (task != null) {
                    add(
                            task,
                            said.getInstant(),
                            level(said.getLevel().intValue()),
                            String.valueOf(said.getLoggerName()),
                            words.formatMessage(said),
                            said.getThrown());
                }
            }

            @Override
            public void flush() {
                // A line is kept as soon as it is said.
            }

            @Override
            public void close() {
                // What is kept stays.
            }
        };
    }

    private static String level(int value) {
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    /** Keeps a line of a task. */
    synchronized void add(
            TaskContext task, Instant at, String level, String logger, String message, @Nullable Throwable thrown) {
        Line line = new Line(
                ++numbers,
                at,
                level,
                logger,
                cut(message),
                task.state(),
                task.scope(),
                task.attempt(),
                thrown == null ? null : cut(trace(thrown)));
        Lines lines = executions.computeIfAbsent(task.executionArn(), unseen -> new Lines());
        lines.kept.add(line);
        characters += line.length();
        if (lines.kept.size() > MOST_LINES) {
            drop(lines);
        }
        while (executions.size() > MOST_EXECUTIONS || (characters > MOST_CHARACTERS && executions.size() > 1)) {
            Iterator<Lines> eldest = executions.values().iterator();
            eldest.next().kept.forEach(each -> characters -= each.length());
            eldest.remove();
        }
        while (characters > MOST_CHARACTERS && !lines.kept.isEmpty()) {
            drop(lines);
        }
    }

    private void drop(Lines lines) {
        characters -= lines.kept.remove().length();
        lines.areCut = true;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** What is kept of an execution, the earliest first; empty when it logged nothing, or too long ago. */
    synchronized Kept of(String executionArn) {
        Lines lines = executions.get(executionArn);
        return lines == null ? new Kept(List.of(), false) : new Kept(List.copyOf(lines.kept), lines.areCut);
    }
}
