package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code Resource} may name. */
final class Resources {

    static final FieldType TASK = Resources::checkTask;

    static final FieldType ITEM_READER = oneOf("getObject", "listObjectsV2");

    static final FieldType RESULT_WRITER = oneOf("putObject");

    private static final Pattern IN_PROCESS = Pattern.compile("task:\\S+");

    private static final Pattern FUNCTION = Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(?::[^:]+)?");

    private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]+:[^:]+:activity:[^:]+");

    private static final Pattern INTEGRATION = Pattern.compile(
            "arn:[^:]+:states:[^:]*:[^:]*:(?<service>(?:aws-sdk:)?[^:.]+):(?<action>[^:.]+)(?<pattern>\\..+)?");

    private Resources() {}

    private static void checkTask(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual()) {
            Values.mustBe("a string", "String", value, place, checking);
            return;
        }
        String resource = value.textValue();
        Matcher integration = INTEGRATION.matcher(resource);
        boolean express = checking.executionType() == ExecutionType.EXPRESS;
        if (isActivity(resource)) {
            if (express) {
                checking.problems().error(place, "Express state machine does not support Activity ARN");
            }
        } else if (integration.matches()) {
            String pattern = integration.group("pattern");
            if (!Integrations.has(integration.group("service"), integration.group("action"), pattern)) {
                refuse(resource, place, checking);
            } else if (express && pattern != null) {
                refusePattern(pattern.replace(":2", ""), place, checking);
            }
        } else if (IN_PROCESS.matcher(resource).matches()) {
            if (express && resource.endsWith(Integrations.TOKEN)) {
                refusePattern(Integrations.TOKEN, place, checking);
            }
        } else if (!FUNCTION.matcher(resource).matches()) {
            refuse(resource, place, checking);
        }
    }

    private static void refusePattern(String pattern, Place place, Checking checking) {
        // The second space is AWS's own.
        checking.problems()
                .error(place, "Express state machine does not support '" + pattern + "' service integration ");
    }

    static boolean isActivity(String resource) {
        return ACTIVITY.matcher(resource).matches();
    }

    /** The fields that a service's request cannot do without; null when the resource is no integration with a known request. */
    static @Nullable List<String> requiredFields(String resource) {
        Matcher integration = INTEGRATION.matcher(resource);
        return integration.matches() && !isActivity(resource)
                ? Integrations.requiredFields(integration.group("service"), integration.group("action"))
                : null;
    }

    /** The actions of S3 that a Map reads its items with, or writes its results. */
    private static FieldType oneOf(String... actions) {
        List<String> allowed = Stream.of(actions)
                .map(action -> "arn:aws:states:::s3:" + action)
                .toList();
        return (value, place, checking) -> {
            if (!value.isTextual()) {
                Values.mustBe("a string", "String", value, place, checking);
            } else if (!allowed.contains(value.textValue().replaceFirst("arn:[^:]+:", "arn:aws:"))) {
                checking.problems()
                        .error(
                                place,
                                "The field 'Resource' does not match any of the allowed values",
                                "it may be " + String.join(" or ", allowed));
            }
        };
    }

    private static void refuse(String resource, Place place, Checking checking) {
        String near = checking.problems().nearest(resource, Integrations.all());
        checking.problems()
                .error(
                        Problems.SCHEMA,
                        place,
                        "no such resource: '" + resource + "'",
                        near != null
                                ? near
                                : "write task:NAME, the ARN of a Lambda function or an activity, or arn:aws:states:::SERVICE:ACTION",
                        new StepFunctionsWording(wording(resource), place.location()));
    }

    private static String wording(String resource) {
        return resource.startsWith("arn:")
                ? "The resource provided " + resource
                        + " is not recognized. The value is not a valid resource ARN, or the resource is not available in this region."
                : "Value is not a valid resource ARN";
    }
}
