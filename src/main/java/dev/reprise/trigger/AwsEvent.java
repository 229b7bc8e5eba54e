package dev.reprise.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that AWS tells of: a message, a notification, an object, an event.
 *
 * @param source where it comes from
 * @param name that an execution bears which it starts: the same whenever AWS delivers it again, and another's never
 * @param at when it happened; null when it does not say
 * @param content what it says: a text that holds JSON, or JSON
 * @param whole all of it, but for what another delivery of the same says differently
 */
public record AwsEvent(
        EventSource source, String name, @Nullable Instant at, JsonNode content, JsonNode whole) {

    /** What messages call it. */
    @Override
    public String toString() {
        return switch (source) {
            case EventSource.Queue(String arn) -> "the message " + name + " of " + (arn.isEmpty() ? "a queue" : arn);
            case EventSource.Topic(String arn) -> "the notification " + name + " of " + arn;
            case EventSource.Bucket(String bucket, String key) -> "the object " + key + " in " + bucket;
            case EventSource.Bus bus -> "the event " + name + ", '" + bus.detailType() + "' of '" + bus.source() + "'";
        };
    }
}
