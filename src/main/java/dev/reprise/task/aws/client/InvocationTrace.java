package dev.reprise.task.aws.client;

import dev.reprise.task.aws.protocol.WireRequest;

/**
 * Tells services of the trace that this function is called in, as the AWS SDKs do, so that X-Ray shows a function under
 * the one that called it.
 *
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">AWS,
 *     Tracing header</a>
 */
final class InvocationTrace {

    /** Where Lambda's runtimes have it while a request is answered. */
    private static final String PROPERTY = "com.amazonaws.xray.traceHeader";

    private InvocationTrace() {}

    static WireRequest added(WireRequest request) {
        String trace = System.getProperty(PROPERTY, "");
        return trace.isEmpty() ? request : request.with("X-Amzn-Trace-Id", trace);
    }
}
