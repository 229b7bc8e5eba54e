package dev.reprise.task;

import com.fasterxml.jackson.databind.JavaType;
import org.jspecify.annotations.Nullable;

/**
 * A method that is a task.
 *
 * @param name as in {@code @Task("charge")}
 * @param method such as {@code dev.shop.Charging.charge}, for messages
 * @param call calls it on the object that it belongs to
 * @param parameters how many it has
 * @param inputAt which of them takes the input, from 0; -1 when none does
 * @param inputType what the input is read as; null when it is passed as JSON
 * @param contextAt which of them takes the {@link TaskContext}, from 0; -1 when none does
 * @param returnsUni whether the result comes as a {@code Uni}
 * @param blocking whether it runs on a worker thread
 */
public record TaskMethod(
        String name,
        String method,
        Call call,
        int parameters,
        int inputAt,
        @Nullable JavaType inputType,
        int contextAt,
        boolean returnsUni,
        boolean blocking) {

    /** Calls a method. */
    @FunctionalInterface
    public interface Call {

        /**
         * Calls it.
         *
         * @param arguments one for each of its parameters
         * @return what it gives; null where that is nothing
         * @throws Exception what it throws
         */
        @Nullable
        Object with(@Nullable Object[] arguments) throws Exception;
    }
}
