package dev.reprise.task.aws.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a service says when it refuses.
 *
 * @param code such as {@code ResourceNotFoundException}; null when it gives none
 * @param message for people; null when there is none
 * @param queryCode the code that the service gave before it changed its protocol; null when it has always been the same
 * @param requestId what the body calls the request; null when it does not say
 */
public record WireError(
        @Nullable String code,
        @Nullable String message,
        @Nullable String queryCode,
        @Nullable String requestId) {}
