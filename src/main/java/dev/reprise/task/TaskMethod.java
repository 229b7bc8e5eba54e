package dev.reprise.task;

import com.fasterxml.jackson.databind.JavaType;
import jakarta.enterprise.invoke.Invoker;
import org.jspecify.annotations.Nullable;

/**
 * A bean's method that is a task, as it was found when the application was built.
 *
 * @param name as in {@code @Task("charge")}
 * @param method such as {@code dev.shop.Charging.charge}, for messages
 * @param invoker calls it on its bean without reflection
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
        Invoker<Object, Object> invoker,
        int parameters,
        int inputAt,
        @Nullable JavaType inputType,
        int contextAt,
        boolean returnsUni,
        boolean blocking) {}
