package dev.reprise.cli;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of one of AWS's hosts tells.
 *
 * @param service the name by which requests to it are signed
 */
record AwsHost(String service, String region) {

    private static final String REGION = "([a-z]{2}(?:-[a-z]+)+-[0-9]+)";

    private static final Pattern FUNCTION_URL = Pattern.compile("[a-z0-9]+\\.lambda-url\\." + REGION + "\\.on\\.aws");

    private static final Pattern GATEWAY =
            Pattern.compile("[a-z0-9-]+\\.execute-api\\." + REGION + "\\.(?:vpce\\.)?amazonaws\\.com(?:\\.cn)?");

    private static final Pattern STEP_FUNCTIONS =
            Pattern.compile("(?:sync-)?states\\." + REGION + "\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)");

    private static final Pattern LOOPBACK =
            Pattern.compile("(?:[a-z0-9-]+\\.)*localhost|sync-localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    /** Null where it is none whose name tells. */
    static @Nullable AwsHost of(URI endpoint) {
        String host = host(endpoint);
        Matcher matcher = FUNCTION_URL.matcher(host);
        if (matcher.matches()) {
            return new AwsHost("lambda", matcher.group(1));
        }
        matcher = GATEWAY.matcher(host);
        if (matcher.matches()) {
            return new AwsHost("execute-api", matcher.group(1));
        }
        matcher = STEP_FUNCTIONS.matcher(host);
        return matcher.matches() ? new AwsHost("states", matcher.group(1)) : null;
    }

    /** Whether it is this machine. */
    static boolean isLoopback(URI endpoint) {
        return LOOPBACK.matcher(host(endpoint)).matches();
    }

    private static String host(URI endpoint) {
        return endpoint.getHost() == null ? "" : endpoint.getHost().toLowerCase(Locale.ROOT);
    }
}
