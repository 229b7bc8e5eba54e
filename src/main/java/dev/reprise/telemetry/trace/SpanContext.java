package dev.reprise.telemetry.trace;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a span of any trace.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
record SpanContext(String traceId, String spanId) {

    private static final Pattern ROOT = field("Root", "1-([0-9a-f]{8})-([0-9a-f]{24})");
    private static final Pattern PARENT = field("Parent", "([0-9a-f]{16})");

    private static Pattern field(String name, String value) {
        return Pattern.compile("(?:^|;)\\s*" + name + "=" + value + "\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
    }

    /**
     * What a header of X-Ray names.
     *
     * @return null when there is none, or it names no span
     * @see <a
     *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">AWS,
     *     Tracing header</a>
     */
    static @Nullable SpanContext ofHeader(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Matcher root = ROOT.matcher(header);
        Matcher parent = PARENT.matcher(header);
        return root.find() && parent.find()
                ? new SpanContext(
                        (root.group(1) + root.group(2)).toLowerCase(Locale.ROOT),
                        parent.group(1).toLowerCase(Locale.ROOT))
                : null;
    }

    /** The same as a header of X-Ray. */
    String header() {
        return "Root=1-" + traceId.substring(0, 8) + "-" + traceId.substring(8) + ";Parent=" + spanId + ";Sampled=1";
    }
}
