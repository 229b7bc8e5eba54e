package dev.reprise.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** Which sources a trigger is for. */
sealed interface SourceMatch {

    boolean matches(EventSource source);

    /** Queues, by their ARN or their bare name. */
    record OfQueues(String pattern) implements SourceMatch {
        @Override
        public boolean matches(EventSource source) {
            return source instanceof EventSource.Queue(String arn) && isNamed(arn, pattern);
        }
    }

    /** Topics, by their ARN or their bare name. */
    record OfTopics(String pattern) implements SourceMatch {
        @Override
        public boolean matches(EventSource source) {
            return source instanceof EventSource.Topic(String arn) && isNamed(arn, pattern);
        }
    }

    /** Buckets, and objects in them. */
    record OfBuckets(Wildcard name, Wildcard key) implements SourceMatch {
        @Override
        public boolean matches(EventSource source) {
            return source instanceof EventSource.Bucket(String bucket, String object)
                    && name.matches(bucket)
                    && key.matches(object);
        }
    }

    /** Events of a bus that are all of these. */
    record OfBus(List<Predicate<EventSource.Bus>> conditions) implements SourceMatch {
        public OfBus {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean matches(EventSource source) {
            return source instanceof EventSource.Bus bus
                    && conditions.stream().allMatch(condition -> condition.test(bus));
        }
    }

    /** That of a trigger which was checked. */
    static SourceMatch of(JsonNode trigger) {
        if (trigger.has("queue")) {
            return new OfQueues(trigger.path("queue").textValue());
        }
        if (trigger.has("topic")) {
            return new OfTopics(trigger.path("topic").textValue());
        }
        if (trigger.has("bucket")) {
            return new OfBuckets(
                    Wildcard.of(trigger.path("bucket").textValue()),
                    Wildcard.of(trigger.path("key").asText("*")));
        }
        return new OfBus(trigger.path("event").properties().stream()
                .map(member -> condition(member.getKey(), patterns(member.getValue())))
                .toList());
    }

    private static Predicate<EventSource.Bus> condition(String field, List<Wildcard> patterns) {
        Predicate<String> any = text -> patterns.stream().anyMatch(pattern -> pattern.matches(text));
        return switch (field) {
            case "source" -> bus -> any.test(bus.source());
            case "detail-type" -> bus -> any.test(bus.detailType());
            case "account" -> bus -> any.test(bus.account());
            case "region" -> bus -> any.test(bus.region());
            case "resource" -> bus -> bus.resources().stream().anyMatch(any);
            default ->
                throw new IllegalStateException("The field '" + field + "' of an event is checked, but not read");
        };
    }

    private static List<Wildcard> patterns(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(each -> Wildcard.of(each.asText())).toList()
                : List.of(Wildcard.of(value.asText()));
    }

    private static boolean isNamed(String arn, String pattern) {
        String name = pattern.indexOf(':') >= 0 ? arn : arn.substring(arn.lastIndexOf(':') + 1);
        return Wildcard.of(pattern).matches(name);
    }
}
