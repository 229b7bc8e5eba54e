package dev.reprise.simulation;

import java.util.List;
import java.util.Map;

/** One execution of a drawn state machine in a drawn world. The seed decides everything. */
final class Simulation {

    /**
     * What came of it.
     *
     * @param violations what should have held and did not; empty when all is well
     * @param counts what happened, how often
     * @param trace what happened, when that was asked for
     */
    record Result(long seed, List<String> violations, Map<Occurrence, Integer> counts, List<String> trace) {}

    private Simulation() {}

    static Result run(Engine engine, long seed, boolean traced) {
        Dice dice = Dice.of(seed);
        World world = new World(engine, RandomMachine.draw(dice.split()), dice, traced);
        world.client.begin();
        Throwable failure = world.scheduler.run();
        List<String> violations = Invariants.violated(world);
        if (failure == null && violations.isEmpty()) {
            Course first = world.witness.courses.get(Machine.EXECUTION);
            if (first != null && world.client.beginsAnew(first)) {
                failure = world.scheduler.run();
                if (world.witness.courses.get(Machine.EXECUTION) != first) {
                    violations.addAll(Invariants.violated(world));
                }
            }
            world.sweeps.whenRetentionIsOver();
            failure = failure == null ? world.scheduler.run() : failure;
            violations.addAll(Leftovers.in(world));
        }
        if (failure != null) {
            violations.add("the simulation cannot go on: " + failure);
        }
        world.scheduler.close();
        return new Result(seed, violations, world.witness.counts, world.trace.lines());
    }
}
