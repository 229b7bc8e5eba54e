package dev.reprise.simulation;

import dev.reprise.runtime.ExecutionDescription;

/** Who wants something of the function: the execution, perhaps several times over, and perhaps its end. */
final class Client {

    private final World world;

    Client(World world) {
        this.world = world;
    }

    void begin() {
        Dice dice = world.dice;
        world.trace.note("client", () -> "input " + world.machine.input() + ", machine " + world.machine.text());
        start(0);
        while (dice.chance(0.15)) {
            start(dice.magnitude(1, 100_000));
        }
        if (dice.chance(0.15)) {
            stop(dice.magnitude(1, 1_000_000));
        }
    }

    private void start(long after) {
        world.lambda.invokeUntilAnswered(
                after,
                "start",
                (process, invocation) ->
                        process.executions().start(Machine.NAME, Machine.EXECUTION, world.machine.input(), invocation));
    }

    private void stop(long after) {
        world.lambda.invokeUntilAnswered(after, "stop", (process, invocation) -> {
            ExecutionDescription answer =
                    process.executions().stop(Machine.identity().executionArn(), "Stopped", null, invocation);
            world.witness.stopped(world.scheduler.now());
            return answer;
        });
    }
}
