package dev.reprise.asl;

import dev.reprise.asl.Resource.Activity;
import dev.reprise.asl.Resource.InProcess;
import dev.reprise.asl.Resource.Integration;
import dev.reprise.asl.Resource.LambdaFunction;
import dev.reprise.asl.Resource.Pattern;
import dev.reprise.asl.Resource.SdkAction;
import dev.reprise.asl.Resource.StartExecution;
import dev.reprise.asl.Resource.Unknown;
import java.util.Arrays;
import java.util.List;

/**
 * How a {@link Resource} is written.
 *
 * <pre>
 * task:NAME[.waitForTaskToken]
 * arn:PARTITION:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]
 * arn:PARTITION:states:REGION:ACCOUNT:activity:NAME
 * arn:PARTITION:states:[REGION]:[ACCOUNT]:SERVICE:ACTION[PATTERN]
 * arn:PARTITION:states:[REGION]:[ACCOUNT]:aws-sdk:SERVICE:ACTION[PATTERN]
 * </pre>
 */
final class ResourceText {

    /** Where an ARN's own parts begin, after {@code arn}, partition, service, region and account. */
    private static final int OWN = 5;

    private ResourceText() {}

    static Resource inProcess(String uri) {
        String token = Pattern.WAIT_FOR_TASK_TOKEN.suffix();
        String name = uri.substring(InProcess.PREFIX.length());
        boolean waits = name.endsWith(token);
        String bare = waits ? name.substring(0, name.length() - token.length()) : name;
        return bare.isEmpty() || bare.chars().anyMatch(Character::isWhitespace)
                ? new Unknown(uri)
                : new InProcess(uri, bare, waits ? Pattern.WAIT_FOR_TASK_TOKEN : Pattern.REQUEST_RESPONSE);
    }

    static Resource arn(String uri) {
        List<String> parts = Arrays.asList(uri.split(":", -1));
        if (parts.size() <= OWN || !parts.get(0).equals("arn") || parts.get(1).isEmpty()) {
            return new Unknown(uri);
        }
        List<String> own = parts.subList(OWN, parts.size());
        if (own.contains("")) {
            return new Unknown(uri);
        }
        return switch (parts.get(2)) {
            case "lambda" -> function(uri, parts, own);
            case "states" -> {
                boolean placed = !parts.get(3).isEmpty() && !parts.get(4).isEmpty();
                yield placed && own.size() == 2 && own.get(0).equals("activity")
                        ? new Activity(uri, own.get(1))
                        : action(uri, own);
            }
            default -> new Unknown(uri);
        };
    }

    private static Resource function(String uri, List<String> parts, List<String> own) {
        boolean named = own.get(0).equals("function") && (own.size() == 2 || own.size() == 3);
        return named
                ? new LambdaFunction(uri, parts.get(3), parts.get(4), own.get(1), own.size() == 3 ? own.get(2) : null)
                : new Unknown(uri);
    }

    private static Resource action(String uri, List<String> own) {
        boolean throughSdk = own.get(0).equals("aws-sdk");
        List<String> named = own.subList(throughSdk ? 1 : 0, own.size());
        if (named.size() < 2) {
            return new Unknown(uri);
        }
        String service = named.get(0);
        // The pattern .sync:2 has a colon of its own.
        String api = String.join(":", named.subList(1, named.size()));
        int dot = api.indexOf('.');
        String action = dot < 0 ? api : api.substring(0, dot);
        Pattern pattern = Pattern.of(dot < 0 ? "" : api.substring(dot));
        if (pattern == null || action.isEmpty() || action.contains(":") || service.contains(".")) {
            return new Unknown(uri);
        }
        if (throughSdk) {
            return new SdkAction(uri, service, action, pattern);
        }
        return service.equals("states") && action.equals("startExecution")
                ? new StartExecution(uri, pattern)
                : new Integration(uri, service, action, pattern);
    }
}
