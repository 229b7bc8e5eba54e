package dev.reprise.teststate;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Task's {@code Resource} says of the service that it asks.
 *
 * @param service such as {@code dynamodb}; empty for a function, an activity, or a task of this function
 * @param action such as {@code putItem}, without the pattern
 * @param pattern {@code .sync}, {@code .sync:2} or {@code .waitForTaskToken}; empty for none
 * @param throughSdk whether it is asked through the AWS SDK rather than an integration of its own
 */
record Integration(String resource, String service, String action, String pattern, boolean throughSdk) {

    private static final Pattern SERVICE = Pattern.compile(
            "arn:[^:]*:states:[^:]*:[^:]*:(aws-sdk:)?([^:]+):([^:.]+)((?:\\.sync(?::2)?|\\.waitForTaskToken)?)");

    /** Services whose answers Step Functions does not check: what they answer is up to whom they call. */
    private static final Set<String> UNCHECKED = Set.of("http", "apigateway", "eks");

    static Integration of(String resource) {
        Matcher service = SERVICE.matcher(resource);
        return service.matches()
                ? new Integration(
                        resource, service.group(2), service.group(3), service.group(4), service.group(1) != null)
                : new Integration(resource, "", "", "", false);
    }

    boolean isActivity() {
        return resource.matches("arn:[^:]*:states:[^:]*:[^:]*:activity:.+");
    }

    boolean isSync() {
        return pattern.startsWith(".sync");
    }

    boolean waitsForToken() {
        return pattern.equals(".waitForTaskToken");
    }

    /**
     * What the service answers: for {@code .sync}, when the job is done. Null when it is not known, or when somebody else gives the result.
     */
    ServiceTable.@Nullable Answer answer() {
        if (service.isEmpty() || waitsForToken() || (UNCHECKED.contains(service) && !throughSdk)) {
            return null;
        }
        return ServiceTable.find(service, action + pattern, !throughSdk);
    }
}
