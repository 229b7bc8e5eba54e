package dev.reprise.function;

import dev.reprise.runtime.RunListener;
import dev.reprise.task.aws.client.WebCalls;
import dev.reprise.telemetry.RequestUnderWay;
import dev.reprise.telemetry.trace.HttpCollector;
import dev.reprise.telemetry.trace.SpanExport;
import dev.reprise.telemetry.trace.Traces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Traces of executions; by default there are none, and nothing is spent on them. */
@Singleton
final class TraceWiring {

    /** What writing the answer may take. */
    private static final Duration ANSWER = Duration.ofMillis(100);

    private final TraceConfiguration traces;
    private final String functionName;
    private final InstantSource clock;
    private final @Nullable SpanExport export;

    TraceWiring(
            TraceConfiguration traces,
            @ConfigProperty(name = "AWS_LAMBDA_FUNCTION_NAME", defaultValue = "reprise") String functionName,
            Provider<WebCalls> web,
            InstantSource clock) {
        this.traces = traces;
        this.functionName = functionName;
        this.clock = clock;
        this.export = traces.endpoint()
                .map(address -> new SpanExport(
                        new HttpCollector(web.get(), address, traces.headersByName()),
                        resource(functionName, System::getenv),
                        traces.timeout(),
                        traces.mostSpans()))
                .orElse(null);
    }

    /** Who sends the spans, in the names of OpenTelemetry's semantic conventions. */
    static Map<String, String> resource(String functionName, Function<String, @Nullable String> environment) {
        Map<String, String> resource = new LinkedHashMap<>();
        resource.put("service.name", functionName);
        if (environment.apply("AWS_LAMBDA_FUNCTION_NAME") == null) {
            return resource;
        }
        resource.put("cloud.provider", "aws");
        resource.put("cloud.platform", "aws_lambda");
        resource.put("faas.name", functionName);
        put(resource, "cloud.region", environment.apply("AWS_REGION"));
        put(resource, "faas.version", environment.apply("AWS_LAMBDA_FUNCTION_VERSION"));
        put(resource, "faas.instance", environment.apply("AWS_LAMBDA_LOG_STREAM_NAME"));
        return resource;
    }

    private static void put(Map<String, String> resource, String name, @Nullable String value) {
        if (value != null) {
            resource.put(name, value);
        }
    }

    /** Who makes traces of executions. */
    List<RunListener> listeners(RequestUnderWay request) {
        return export == null
                ? List.of()
                : List.of(new Traces(
                        new Traces.Settings(functionName, traces.itemRate(), traces.mostSpans()),
                        export,
                        request::traceHeader));
    }

    /**
     * Has all spans sent before an invocation is answered: after that the process is frozen.
     *
     * @param deadline when the invocation ends; null when that is not known
     */
    void finish(@Nullable Instant deadline) {
        if (export != null) {
            Duration left = deadline == null
                    ? traces.timeout()
                    : Duration.between(clock.instant(), deadline).minus(ANSWER);
            export.finish(left.isNegative() ? Duration.ZERO : left);
        }
    }
}
