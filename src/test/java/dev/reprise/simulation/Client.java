package dev.reprise.simulation;

import dev.reprise.runtime.ExecutionDescription;

/** Who wants something of the function: the execution, perhaps several times over, and perhaps its end. */
final class Client {

    private final World world;

    /** Requests to the table until the client wants the execution stopped: a stop that comes in the midst of things. */
    private int requestsUntilStop;

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
        if (dice.chance(0.1)) {
            stop(dice.magnitude(1, 1_000_000));
        }
        if (dice.chance(0.1)) {
            requestsUntilStop = (int) dice.magnitude(1, 100);
        }
    }

    /** Somebody asks something of the table. */
    void tableAsked() {
        if (requestsUntilStop > 0 && --requestsUntilStop == 0) {
            stop(world.dice.between(0, 10));
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
