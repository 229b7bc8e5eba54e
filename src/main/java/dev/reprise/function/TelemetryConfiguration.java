package dev.reprise.function;

import dev.reprise.telemetry.LogLevel;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The configuration's {@code reprise.telemetry.*}: what is logged and counted of executions. */
@ConfigMapping(prefix = "reprise.telemetry")
interface TelemetryConfiguration {

    /** Which events of executions are logged, as lines of JSON: ALL, ERROR, FATAL or OFF. */
    @WithDefault("OFF")
    LogLevel logLevel();

    /** Whether these lines hold outputs and causes. */
    @WithDefault("false")
    boolean includeExecutionData();

    /** Whether everything else that is logged is written as lines of JSON too. */
    @WithDefault("false")
    boolean jsonLog();

    /** Whether metrics are written, in CloudWatch's embedded metric format. */
    @WithDefault("false")
    boolean metrics();
}
