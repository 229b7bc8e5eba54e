package dev.reprise.asl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers that a request of {@code apigateway:invoke} may not carry.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html#connect-api-gateway-requests">AWS,
 *     Call API Gateway, request format</a>
 */
public final class ApiGatewayHeaders {

    private static final List<String> PREFIXES = List.of("x-forwarded", "x-amz", "x-amzn");

    private static final Set<String> NAMES = Set.of(
            "authorization",
            "connection",
            "content-md5",
            "expect",
            "host",
            "max-forwards",
            "proxy-authenticate",
            "server",
            "te",
            "transfer-encoding",
            "trailer",
            "upgrade",
            "via",
            "www-authenticate");

    private ApiGatewayHeaders() {}

    /** Those of these names, in any case, that are reserved; none when all may be sent. */
    public static List<String> unsupported(Iterable<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith)) {
                found.add(name);
            }
        }
        return found;
    }
}
