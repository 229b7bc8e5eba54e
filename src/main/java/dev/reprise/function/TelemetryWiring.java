package dev.reprise.function;

import dev.reprise.operations.SweepReport;
import dev.reprise.runtime.RunListener;
import dev.reprise.telemetry.JsonLogFormatter;
import dev.reprise.telemetry.LogLevel;
import dev.reprise.telemetry.RequestUnderWay;
import dev.reprise.telemetry.RunLog;
import dev.reprise.telemetry.RunMetrics;
import dev.reprise.telemetry.SweepMetrics;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What is logged and counted of executions; by default nothing, and nothing is spent on it. */
@Singleton
final class TelemetryWiring {

    /** Lambda takes each line that is written there. */
    @SuppressWarnings("SystemOut")
    private static final Consumer<String> STANDARD_OUTPUT = System.out::println;

    private final TelemetryConfiguration telemetry;
    private final String functionName;

    TelemetryWiring(
            TelemetryConfiguration telemetry,
            @ConfigProperty(name = "AWS_LAMBDA_FUNCTION_NAME", defaultValue = "reprise") String functionName) {
        this.telemetry = telemetry;
        this.functionName = functionName;
    }

    @Produces
    @Singleton
    RequestUnderWay request() {
        return new RequestUnderWay();
    }

    /** Our own listeners, besides the beans that an application brings. */
    List<RunListener> listeners(RequestUnderWay request) {
        List<RunListener> listeners = new ArrayList<>();
        if (telemetry.logLevel() != LogLevel.OFF) {
            listeners.add(new RunLog(
                    telemetry.logLevel(), telemetry.includeExecutionData(), request::requestId, STANDARD_OUTPUT));
        }
        if (telemetry.metrics()) {
            listeners.add(new RunMetrics(functionName, STANDARD_OUTPUT));
        }
        return listeners;
    }

    /** Who is told what sweeps did. */
    Consumer<SweepReport> reports(InstantSource clock) {
        return telemetry.metrics() ? new SweepMetrics(functionName, clock, STANDARD_OUTPUT) : report -> {};
    }

    void start(@Observes StartupEvent started, RequestUnderWay request) {
        if (telemetry.jsonLog()) {
            for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
                handler.setFormatter(new JsonLogFormatter(request));
            }
        }
    }
}
