package dev.reprise.simulation;

import dev.reprise.journal.store.UnitMeter;
import dev.reprise.operations.SweepReport;
import dev.reprise.operations.SweepSettings;
import java.time.Duration;
import java.time.Instant;

/** Has the function sweep every five minutes. When it could find nothing, that is skipped. */
final class Sweeps {

    private static final long PERIOD = Duration.ofMinutes(5).toMillis();

    private static final Instant FAR_AWAY = SimulatedProcess.START.plusSeconds(Integer.MAX_VALUE);

    private final World world;
    private long next = Long.MAX_VALUE;

    /** Retentions that end up to then are seen to. */
    private Instant deletesUntil = Instant.EPOCH;

    Sweeps(World world) {
        this.world = world;
    }

    /** Something may be due at another time than before. */
    void headChanged() {
        world.items
                .due(FAR_AWAY, 1, new UnitMeter())
                .forEach(due -> sweepFrom(due.at().minus(SweepSettings.DEFAULT.ahead())));
        if (deletesUntil.isAfter(SimulatedProcess.START)) {
            world.items.expired(deletesUntil, 1, new UnitMeter()).forEach(expired -> sweepFrom(expired.at()));
        }
    }

    /** From now on there is nothing to do but to delete what has outlived its retention. */
    void whenRetentionIsOver() {
        deletesUntil = FAR_AWAY;
        headChanged();
    }

    /** From now on what has outlived its retention by then is deleted too. */
    void deleteUntil(long time) {
        deletesUntil = SimulatedProcess.START.plusMillis(time);
        headChanged();
    }

    /** When the first sweep comes that is not before that time. */
    static long firstAfter(long time) {
        return Math.ceilDiv(time, PERIOD) * PERIOD;
    }

    private void sweepFrom(Instant earliest) {
        long time = firstAfter(Math.max(SimulatedProcess.timeOf(earliest), world.scheduler.now() + 1));
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
