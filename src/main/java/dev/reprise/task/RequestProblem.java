package dev.reprise.task;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with what a workflow asks for, which shows before it runs.
 *
 * @param pointer JSON pointer into the request's template, such as {@code /Item}; null for the resource itself
 * @param message what is wrong
 * @param suggestion what to do; null when there is nothing to say
 */
public record RequestProblem(
        @Nullable String pointer, String message, @Nullable String suggestion) {}
