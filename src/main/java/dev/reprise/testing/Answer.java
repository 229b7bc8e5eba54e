package dev.reprise.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a task of a test gives. Of a task that somebody else ends, by its token or as an activity's worker, it is what
 * that one sends.
 */
public sealed interface Answer {

    /** A result. */
    record Result(JsonNode output) implements Answer {}

    /** A failure, with an error that {@code Retry} and {@code Catch} can name. */
    record Failure(StatesError error) implements Answer {}

    /**
     * Whatever a function gives: JSON, or a value that Jackson can write. A {@link dev.reprise.task.TaskException} that
     * it throws says the error itself; another exception fails the task with its class' full name, as that of a task
     * method does. An {@link AssertionError} fails the test.
     */
    record Computed(Function<TaskCall, @Nullable Object> function) implements Answer {

        /**
         * What a call gets.
         *
         * @return a result or a failure
         * @throws AssertionError which the function throws
         */
        public Answer of(TaskCall call) {
            try {
                return new Result(TestJson.of(function.apply(call)));
            } catch (TaskException e) {
                return new Failure(e.error());
            } catch (RuntimeException e) {
                return new Failure(new StatesError(e.getClass().getName(), e.getMessage()));
            }
        }
    }

    /** No answer ever comes: the task times out, or somebody ends it. */
    record None() implements Answer {}

    /**
     * Another answer, later.
     *
     * @param delay how much virtual time the task takes: not negative
     */
    record Late(Duration delay, Answer answer) implements Answer {
        public Late {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("A task cannot take less than no time: " + delay);
            }
        }
    }

    /** A result as JSON text, such as {@code {"ok": true}}. */
    static Answer json(String json) {
        return new Result(TestJson.read(json));
    }

    /** A result that Jackson can write: a record, a list, a text. */
    static Answer value(@Nullable Object value) {
        return new Result(TestJson.of(value));
    }

    /** A failure. */
    static Answer error(String error, @Nullable String cause) {
        return new Failure(new StatesError(error, cause));
    }

    /** What a function gives. */
    static Answer computed(Function<TaskCall, @Nullable Object> function) {
        return new Computed(function);
    }

    /** No answer. */
    static Answer none() {
        return new None();
    }

    /** The same answer after so much virtual time. */
    default Answer after(Duration delay) {
        return delay.isZero() ? this : new Late(delay, this);
    }
}
