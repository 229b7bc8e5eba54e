package dev.reprise.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in the forms in which Lambda hands them over.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html">AWS, Invoking Lambda with events
 *     from other services</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">AWS, Event
 *     message structure of S3</a>
 */
public final class AwsEvents {

    /** What each delivery of one message says differently. */
    private static final Set<String> OF_THE_DELIVERY =
            Set.of("ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp");

    private AwsEvents() {}

    /** Whether it is one of EventBridge. */
    public static boolean isOfBus(JsonNode event) {
        return event.path("source").isTextual() && event.path("detail-type").isTextual();
    }

    /** One of EventBridge or its Scheduler. */
    public static AwsEvent ofBus(JsonNode event) {
        EventSource.Bus bus = new EventSource.Bus(
                event.path("source").asText(),
                event.path("detail-type").asText(),
                event.path("account").asText(),
                event.path("region").asText(),
                event.path("resources").valueStream().map(JsonNode::asText).toList());
        return new AwsEvent(bus, EventName.of(event.path("id").asText()), at(event.path("time")), event, event);
    }

    /** A record of SNS or S3; null when it is of another service. */
    public static @Nullable AwsEvent ofRecord(JsonNode record) {
        return switch (service(record)) {
            case "aws:sns" -> ofTopic(record);
            case "aws:s3" -> ofBucket(record);
            default -> null;
        };
    }

    /** Which service a record is of, such as {@code aws:sqs}; empty when it does not say. */
    public static String service(JsonNode record) {
        return record.path("eventSource").asText(record.path("EventSource").asText());
    }

    /** A message of SQS, whatever its body is. */
    public static AwsEvent ofMessage(JsonNode record) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        record.properties().forEach(member -> {
            if (!member.getKey().equals("receiptHandle")) {
                whole.set(member.getKey(), member.getValue());
            }
        });
        if (whole.get("attributes") instanceof ObjectNode attributes) {
            whole.set("attributes", attributes.deepCopy().remove(OF_THE_DELIVERY));
        }
        return new AwsEvent(
                new EventSource.Queue(record.path("eventSourceARN").asText()),
                EventName.of(record.path("messageId").asText()),
                sentAt(record.path("attributes").path("SentTimestamp").asText()),
                record.path("body"),
                whole);
    }

    private static AwsEvent ofTopic(JsonNode record) {
        JsonNode sns = record.path("Sns");
        return new AwsEvent(
                new EventSource.Topic(sns.path("TopicArn").asText()),
                EventName.of(sns.path("MessageId").asText()),
                at(sns.path("Timestamp")),
                sns.path("Message"),
                record);
    }

    private static AwsEvent ofBucket(JsonNode record) {
        JsonNode object = record.path("s3").path("object");
        String bucket = record.path("s3").path("bucket").path("name").asText();
        String key = decoded(object.path("key").asText());
        JsonNode told = record;
        if (object.has("key") && record.deepCopy() instanceof ObjectNode copy) {
            copy.withObject("/s3/object").put("urlDecodedKey", key);
            told = copy;
        }
        String sequencer = object.path("sequencer").asText();
        String name = EventName.ofObject(
                key,
                List.of(
                        bucket,
                        key,
                        object.path("versionId").asText(),
                        record.path("eventName").asText(),
                        sequencer.isEmpty() ? record.path("eventTime").asText() : sequencer));
        return new AwsEvent(new EventSource.Bucket(bucket, key), name, at(record.path("eventTime")), told, told);
    }

    /** Notifications write a space as {@code +}, and what is no ASCII by its bytes. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    private static @Nullable Instant at(JsonNode time) {
        try {
            return Instant.parse(time.asText());
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Instant sentAt(String millis) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
