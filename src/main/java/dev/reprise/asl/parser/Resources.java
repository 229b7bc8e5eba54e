package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.Resource;
import dev.reprise.asl.Resource.Pattern;
import java.util.List;
import java.util.stream.Stream;

/** What {@code Resource} may name. */
final class Resources {

    static final FieldType TASK = Resources::checkTask;

    static final FieldType ITEM_READER = oneOf("getObject", "listObjectsV2");

    static final FieldType RESULT_WRITER = oneOf("putObject");

    private Resources() {}

    private static void checkTask(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual()) {
            Values.mustBe("a string", "String", value, place, checking);
            return;
        }
        boolean express = checking.executionType() == ExecutionType.EXPRESS;
        switch (Resource.parse(value.textValue())) {
            case Resource.LambdaFunction function -> {}
            case Resource.Activity activity -> {
                if (express) {
                    checking.problems().error(place, "Express state machine does not support Activity ARN");
                }
            }
            case Resource.Action action -> {
                if (!Integrations.has(action)) {
                    refuse(action.uri(), place, checking);
                } else if (express && action.pattern() != Pattern.REQUEST_RESPONSE) {
                    refusePattern(action.pattern(), place, checking);
                }
            }
        }
    }

    private static void refusePattern(Pattern pattern, Place place, Checking checking) {
        String written = pattern.waitsForJob() ? Pattern.SYNC.suffix() : pattern.suffix();
        // The second space is AWS's own.
        checking.problems()
                .error(place, "Express state machine does not support '" + written + "' service integration ");
    }

    /** The actions of S3 that a Map reads its items with, or writes its results. */
    private static FieldType oneOf(String... actions) {
        List<String> allowed = Stream.of(actions)
                .map(action -> "arn:aws:states:::s3:" + action)
                .toList();
        return (value, place, checking) -> {
            if (!value.isTextual()) {
                Values.mustBe("a string", "String", value, place, checking);
            } else if (!isOf(List.of(actions), Resource.parse(value.textValue()))) {
                checking.problems()
                        .error(
                                place,
                                "The field 'Resource' does not match any of the allowed values",
                                "it may be " + String.join(" or ", allowed));
            }
        };
    }

    private static boolean isOf(List<String> actions, Resource resource) {
        return actions.stream().anyMatch(action -> resource.asks("s3", action));
    }

    private static void refuse(String resource, Place place, Checking checking) {
        String near = checking.problems().nearest(resource, Integrations::all);
        checking.problems()
                .error(
                        Problems.SCHEMA,
                        place,
                        "no such resource: '" + resource + "'",
                        near != null
                                ? near
                                : "write task:NAME, the ARN of a Lambda function or an activity, or"
                                        + " arn:aws:states:::SERVICE:ACTION",
                        new Wording(wording(resource), place));
    }

    private static String wording(String resource) {
        return resource.startsWith("arn:")
                ? "The resource provided " + resource
                        + " is not recognized. The value is not a valid resource ARN, or the resource is not available"
                        + " in this region."
                : "Value is not a valid resource ARN";
    }
}
