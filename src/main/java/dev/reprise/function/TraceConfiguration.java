package dev.reprise.function;

import dev.reprise.telemetry.trace.HttpCollector;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The configuration's {@code reprise.traces.*}: where traces of executions are sent, and what of them. */
@ConfigMapping(prefix = "reprise.traces")
interface TraceConfiguration {

    /** The address of a collector that takes OTLP over HTTP; none for no traces. */
    Optional<String> endpoint();

    /** Headers of each request, {@code NAME=VALUE} with a comma between several. */
    Optional<String> headers();

    /** For an answer of the collector, and for what is left before an invocation is answered. */
    @WithDefault("1s")
    Duration timeout();

    /** Which part of the items of Maps have spans. */
    @WithDefault("0.01")
    double itemRate();

    /** So many spans wait to be sent at most. */
    @WithDefault("10000")
    int mostSpans();

    /** The headers by their names. */
    default Map<String, String> headersByName() {
        return headers().map(HttpCollector::headers).orElse(Map.of());
    }
}
