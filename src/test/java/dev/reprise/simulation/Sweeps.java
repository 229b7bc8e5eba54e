package dev.reprise.simulation;

import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.operations.SweepReport;
import dev.reprise.operations.SweepSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Has the function sweep every five minutes. When it could find nothing, that is skipped. */
final class Sweeps {

    private static final long PERIOD = Duration.ofMinutes(5).toMillis();

    private static final Instant FAR_AWAY = SimulatedProcess.START.plusSeconds(Integer.MAX_VALUE);

    private final World world;
    private long next = Long.MAX_VALUE;
    private boolean retentionIsOver;

    Sweeps(World world) {
        this.world = world;
    }

    /** Something may be due at another time than before. */
    void headChanged() {
        List<DueExecution> due = retentionIsOver
                ? world.items.expired(FAR_AWAY, 1, new UnitMeter())
                : world.items.due(FAR_AWAY, 1, new UnitMeter());
        if (!due.isEmpty()) {
            sweepFrom(SimulatedProcess.timeOf(due.get(0).at().minus(SweepSettings.DEFAULT.ahead())));
        }
    }

    /** From now on there is nothing to do but to delete what has outlived its retention. */
    void whenRetentionIsOver() {
        retentionIsOver = true;
        headChanged();
    }

    private void sweepFrom(long earliest) {
        long time = Math.ceilDiv(Math.max(earliest, world.scheduler.now() + 1), PERIOD) * PERIOD;
        if (time < next) {
            next = time;
            world.scheduler.at(time, () -> {
                if (next == time) {
                    next = Long.MAX_VALUE;
                    world.lambda.invokeLater(0, "sweep", (process, invocation) -> {
                        SweepReport report = process.sweeper().sweep(invocation);
                        if (report.overdue() > 0) {
                            world.witness.saw(Occurrence.SWEEP);
                        }
                        if (report.deletedExecutions() > 0) {
                            world.witness.saw(Occurrence.DELETION);
                        }
                        return null;
                    });
                    headChanged();
                }
            });
        }
    }
}
