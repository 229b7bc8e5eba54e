package dev.reprise.nativetests.lambda;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one configures of a function on AWS.
 *
 * @param name the function's name
 * @param handler what Lambda's Java runtime calls, {@code class::method}; a bootstrap does not look at it
 * @param timeout how long one invocation may take, 1 second to 15 minutes
 * @param memoryMegabytes the memory it believes it has; the heap of a JVM build is bounded by it
 * @param environment environment variables
 */
public record FunctionSettings(
        String name, String handler, Duration timeout, int memoryMegabytes, Map<String, String> environment) {

    /** Where functions of these tests live. */
    public static final String REGION = "eu-central-1";

    /** Whose they are. */
    public static final String ACCOUNT = "000000000000";

    public FunctionSettings {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofMinutes(15)) > 0) {
            throw new IllegalArgumentException("a function's time-out is 1 second to 15 minutes, was " + timeout);
        }
        environment = Map.copyOf(environment);
    }

    /** A function with half a minute and 512 MB. */
    public static FunctionSettings of(String name, String handler) {
        return new FunctionSettings(name, handler, Duration.ofSeconds(30), 512, Map.of());
    }

    /** The same with another time-out. */
    public FunctionSettings withTimeout(Duration other) {
        return new FunctionSettings(name, handler, other, memoryMegabytes, environment);
    }

    /** The same with one more environment variable. */
    public FunctionSettings with(String variable, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new FunctionSettings(name, handler, timeout, memoryMegabytes, more);
    }

    /** The function's ARN. */
    public String arn() {
        return arnOf(name);
    }

    /** The ARN of a function with this name. */
    public static String arnOf(String functionName) {
        return "arn:aws:lambda:%s:%s:function:%s".formatted(REGION, ACCOUNT, functionName);
    }
}
