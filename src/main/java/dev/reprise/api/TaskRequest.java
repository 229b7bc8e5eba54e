package dev.reprise.api;

import org.jspecify.annotations.Nullable;

/** What those say who do a task. */
public sealed interface TaskRequest extends ApiRequest {

    /** It is done. */
    record SendTaskSuccess(String taskToken, String output) implements TaskRequest {}

    /** It failed. */
    record SendTaskFailure(
            String taskToken,
            @Nullable String error,
            @Nullable String cause) implements TaskRequest {}

    /** It is being done. */
    record SendTaskHeartbeat(String taskToken) implements TaskRequest {}
}
