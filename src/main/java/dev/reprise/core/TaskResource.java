package dev.reprise.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Task's {@code Resource}, in the parts that Step Functions tells apart.
 *
 * @param uri as it stands in the definition
 * @param kind which family of history events the task has
 * @param type the service, such as {@code sqs} or {@code aws-sdk:dynamodb}; {@code task} for one of this function's own tasks; empty for the other kinds
 * @param api what is asked of it, with the pattern's suffix, such as {@code sendMessage.waitForTaskToken}; empty for the other kinds
 * @param pattern when the task is over
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html">AWS, Service integration patterns</a>
 */
record TaskResource(String uri, Kind kind, String type, String api, TaskPattern pattern) {

    /** Which family of history events a task has. */
    enum Kind {
        LAMBDA_FUNCTION,
        ACTIVITY,
        SERVICE
    }

    private static final Pattern LAMBDA_FUNCTION = Pattern.compile("arn:[^:]*:lambda:[^:]*:[^:]*:function:.+");
    private static final Pattern ACTIVITY = Pattern.compile("arn:[^:]*:states:[^:]*:[^:]*:activity:.+");
    private static final Pattern SERVICE = Pattern.compile("arn:[^:]*:states:[^:]*:[^:]*:(aws-sdk:[^:]+|[^:]+):(.+)");

    static TaskResource of(String uri) {
        if (LAMBDA_FUNCTION.matcher(uri).matches()) {
            return new TaskResource(uri, Kind.LAMBDA_FUNCTION, "", "", TaskPattern.REQUEST_RESPONSE);
        }
        if (ACTIVITY.matcher(uri).matches()) {
            return new TaskResource(uri, Kind.ACTIVITY, "", "", TaskPattern.ACTIVITY);
        }
        Matcher service = SERVICE.matcher(uri);
        if (service.matches()) {
            return new TaskResource(uri, Kind.SERVICE, service.group(1), service.group(2), pattern(service.group(2)));
        }
        int colon = uri.indexOf(':');
        String name = uri.substring(colon + 1);
        return new TaskResource(
                uri,
                Kind.SERVICE,
                colon < 0 ? "" : uri.substring(0, colon),
                name,
                name.endsWith(TaskPattern.TOKEN_SUFFIX)
                        ? TaskPattern.WAIT_FOR_TASK_TOKEN
                        : TaskPattern.REQUEST_RESPONSE);
    }

    private static TaskPattern pattern(String api) {
        if (api.contains(TaskPattern.TOKEN_SUFFIX)) {
            return TaskPattern.WAIT_FOR_TASK_TOKEN;
        }
        return api.contains(".sync") ? TaskPattern.RUN_A_JOB : TaskPattern.REQUEST_RESPONSE;
    }

    /** Whether its request may carry {@code $$.Task.Token}. */
    boolean hasToken() {
        return pattern == TaskPattern.WAIT_FOR_TASK_TOKEN || pattern == TaskPattern.RUN_A_JOB;
    }

    /** What AWS calls it where a result is too large: the service, or the function itself. */
    String spokenName() {
        return kind == Kind.SERVICE && !type.isEmpty() ? type : uri;
    }
}
