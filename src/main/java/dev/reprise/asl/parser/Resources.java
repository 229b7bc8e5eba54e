package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic.StepFunctionsWording;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code Resource} may name. */
final class Resources {

    static final FieldType TASK = Resources::checkTask;

    static final FieldType ITEM_READER =
            Values.oneOf("arn:aws:states:::s3:getObject", "arn:aws:states:::s3:listObjectsV2");

    static final FieldType RESULT_WRITER = Values.oneOf("arn:aws:states:::s3:putObject");

    private static final Pattern IN_PROCESS = Pattern.compile("task:\\S+");

    private static final Pattern FUNCTION = Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+(?::[^:]+)?");

    private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]+:states:[^:]+:[^:]+:activity:[^:]+");

    private static final Pattern INTEGRATION = Pattern.compile(
            "arn:[^:]+:states:[^:]*:[^:]*:(?<service>(?:aws-sdk:)?[^:.]+):(?<action>[^:.]+)(?<pattern>\\..+)?");

    private Resources() {}

    private static void checkTask(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual()) {
            Values.mustBe("a string", value, place, checking);
            return;
        }
        String resource = value.textValue();
        Matcher integration = INTEGRATION.matcher(resource);
        boolean express = checking.executionType() == ExecutionType.EXPRESS;
        if (ACTIVITY.matcher(resource).matches()) {
            if (express) {
                checking.problems().error(place, "Express state machine does not support Activity ARN");
            }
        } else if (integration.matches()) {
            String pattern = integration.group("pattern");
            if (!Integrations.has(integration.group("service"), integration.group("action"), pattern)) {
                refuse(resource, place, checking);
            } else if (express && pattern != null) {
                // The second space is AWS's own.
                String message = "Express state machine does not support '" + pattern + "' service integration ";
                checking.problems().error(place, message);
            }
        } else if (!IN_PROCESS.matcher(resource).matches()
                && !FUNCTION.matcher(resource).matches()) {
            refuse(resource, place, checking);
        }
    }

    private static void refuse(String resource, Place place, Checking checking) {
        String near = checking.problems().isFull() ? null : Suggestion.among(resource, Integrations.all());
        checking.problems()
                .error(
                        Problems.SCHEMA,
                        place,
                        "no such resource: '" + resource + "'",
                        near != null
                                ? near
                                : "write task:NAME, the ARN of a Lambda function or an activity, or arn:aws:states:::SERVICE:ACTION",
                        new StepFunctionsWording(
                                "The resource provided " + resource
                                        + " is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.",
                                place.location()));
    }
}
