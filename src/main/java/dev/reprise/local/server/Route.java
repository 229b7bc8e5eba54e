package dev.reprise.local.server;

import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Who answers which calls.
 *
 * @param takes whether a call is for this endpoint; must not block
 */
public record Route(Predicate<HttpCall> takes, HttpEndpoint endpoint) {

    /** Calls of a path, and of all below it. */
    public static Route below(String path, HttpEndpoint endpoint) {
        return new Route(call -> call.path().equals(path) || call.path().startsWith(path + "/"), endpoint);
    }

    /** Calls of exactly that path. */
    public static Route at(String path, HttpEndpoint endpoint) {
        return new Route(call -> call.path().equals(path), endpoint);
    }

    /**
     * Calls of a service's API in AWS's JSON protocols.
     *
     * @param service what stands before the operation in {@code X-Amz-Target}, such as {@code AWSStepFunctions}
     */
    public static Route ofService(String service, HttpEndpoint endpoint) {
        String prefix = (service + ".").toLowerCase(Locale.ROOT);
        return new Route(
                call -> {
                    String target = call.header("X-Amz-Target");
                    return target != null && target.toLowerCase(Locale.ROOT).startsWith(prefix);
                },
                endpoint);
    }
}
