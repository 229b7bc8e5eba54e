package dev.reprise.simulation;

import dev.reprise.wakeup.WakeUps;
import java.time.Duration;
import java.time.Instant;

/**
 * Messages that wake an execution up: in time, late, twice, in another order, or not at all. Longer waits are
 * schedules, whose time is not exact, or are left to the sweeper.
 */
final class SimulatedWakeUps implements WakeUps {

    /** The most by which a queue delays a message. */
    private static final long LONGEST_DELAY = Duration.ofMinutes(15).toMillis();

    private static final long SCHEDULE_PRECISION = Duration.ofMinutes(1).toMillis();

    private final World world;
    private final SimulatedProcess process;

    SimulatedWakeUps(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    @Override
    public boolean leavesLongWaitsToTheSweeper() {
        return !world.weather.hasSchedules();
    }

    @Override
    public void schedule(String executionArn, Instant at) {
        process.step();
        long wait = Math.max(Duration.between(process.instant(), at).toMillis(), 0);
        int deliveries = world.weather.deliveries();
        world.trace.note(
                process.invocation().name, () -> "asks to be woken in " + wait + " ms, " + deliveries + " times");
        if (deliveries != 1) {
            world.witness.saw(deliveries == 0 ? Occurrence.WAKE_UP_LOST : Occurrence.WAKE_UP_REPEATED);
        }
        for (int i = 0; i < deliveries; i++) {
            deliver(executionArn, at, wait);
        }
    }

    private void deliver(String executionArn, Instant at, long wait) {
        if (wait <= LONGEST_DELAY) {
            world.lambda.invokeLater(
                    wait + world.weather.delay(),
                    "wake-up",
                    (process, invocation) -> process.executions().resume(executionArn, invocation));
        } else if (world.weather.hasSchedules()) {
            long early = world.dice.between(0, (int) SCHEDULE_PRECISION);
            world.lambda.invokeLater(
                    wait - early + world.weather.delay(),
                    "reminder",
                    (process, invocation) -> process.executions().resumeAt(executionArn, at, invocation));
        }
    }
}
