package dev.reprise.task.aws.client;

import org.jspecify.annotations.Nullable;

/**
 * Says whether AWS itself may be called: on a developer's machine nothing real should happen by accident. Asked before
 * credentials are looked for; services whose address is configured are called in any case.
 */
@FunctionalInterface
public interface AwsAccess {

    /**
     * Why the service may not be called, and what to do about it.
     *
     * @param service such as {@code dynamodb}
     * @return null when it may be called
     */
    @Nullable
    String refusal(String service);

    /** AWS may be called. */
    static AwsAccess allowed() {
        return service -> null;
    }
}
