package dev.reprise.task;

import com.fasterxml.jackson.core.JacksonException;
import dev.reprise.execution.StatesError;
import dev.reprise.process.ExhaustedMemory;
import org.jspecify.annotations.Nullable;

/** Turns what a task method throws into an error that a state machine can catch. */
final class TaskFailures {

    private TaskFailures() {}

    /**
     * The exception itself when it is a {@link TaskException}; else one whose error is the thrown class' full name and
     * whose cause is its message.
     */
    static TaskException from(Throwable thrown) {
        ExhaustedMemory.haltOn(thrown);
        if (thrown instanceof TaskException failure) {
            return failure;
        }
        return new TaskException(new StatesError(thrown.getClass().getName(), message(thrown)), thrown);
    }

    /**
     * The message without Jackson's note on where in which source it happened: there is no source, only a value in
     * memory.
     */
    static @Nullable String message(Throwable thrown) {
        return thrown instanceof JacksonException e ? e.getOriginalMessage() + pathOf(e) : thrown.getMessage();
    }

    private static String pathOf(JacksonException e) {
        if (!(e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping)
                || mapping.getPath().isEmpty()) {
            return "";
        }
        StringBuilder pointer = new StringBuilder(" at ");
        mapping.getPath()
                .forEach(step -> pointer.append('/')
                        .append(step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName()));
        return pointer.toString();
    }
}
