package dev.reprise.function;

import dev.reprise.operations.SweepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The configuration's {@code reprise.sweep.*}: see {@link SweepSettings}. */
@ConfigMapping(prefix = "reprise.sweep")
interface SweepConfiguration {

    /** What has been due for so long was not woken up. */
    @WithDefault("1m")
    Duration overdue();

    /** How far to look ahead. */
    @WithDefault("6m")
    Duration ahead();

    /** Executions that one sweep wakes up, and deletes, at most. */
    @WithDefault("1000")
    int mostExecutions();

    /** Items that one sweep deletes at most. */
    @WithDefault("20000")
    int mostItems();

    /** As the sweeper takes them. */
    default SweepSettings settings() {
        return new SweepSettings(overdue(), ahead(), mostExecutions(), mostItems());
    }
}
