package dev.reprise.api;

import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** What can be asked about tags. Thread-safe. */
final class TagActions {

    private static final int MOST = 50;

    private final ApiServices services;

    TagActions(ApiServices services) {
        this.services = services;
    }

    static String stateMachine(String name) {
        return "stateMachine:" + name;
    }

    static String activity(String name) {
        return "activity:" + name;
    }

    static void requireFew(SortedMap<String, String> tags, String arn) {
        if (tags.size() > MOST) {
            throw ApiException.tooManyTags(arn, "A resource has at most " + MOST + " tags");
        }
    }

    ApiAnswer answer(TagRequest request) {
        return switch (request) {
            case TagRequest.TagResource(String arn, SortedMap<String, String> tags) -> {
                services.tags().change(resource(arn), before -> {
                    SortedMap<String, String> after = new TreeMap<>(before);
                    after.putAll(tags);
                    requireFew(after, arn);
                    return after;
                });
                yield new ApiAnswer.Done();
            }
            case TagRequest.UntagResource(String arn, List<String> keys) -> {
                services.tags().change(resource(arn), before -> {
                    NavigableMap<String, String> after = new TreeMap<>(before);
                    keys.forEach(after::remove);
                    return after;
                });
                yield new ApiAnswer.Done();
            }
            case TagRequest.ListTagsForResource(String arn) ->
                new StateMachineAnswer.Tagged(services.tags().of(resource(arn)));
        };
    }

    private String resource(String arn) {
        return switch (ApiArn.parse(arn)) {
            case ApiArn.StateMachine machine -> {
                if (!services.files().has(machine.name()) && services.created().find(machine.name()) == null) {
                    throw ApiException.notFound(arn);
                }
                yield stateMachine(machine.name());
            }
            case ApiArn.Activity activity -> {
                if (services.activities().find(activity.name()) == null) {
                    throw ApiException.notFound(arn);
                }
                yield activity(activity.name());
            }
            case ApiArn.Execution execution -> throw otherType("execution");
            case ApiArn.Express express -> throw otherType("express");
            case ApiArn.MapRun run -> throw otherType("mapRun");
        };
    }

    private static ApiException otherType(String type) {
        return ApiException.invalidArn("Resource type not valid in this context: " + type);
    }
}
