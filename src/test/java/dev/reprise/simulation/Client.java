package dev.reprise.simulation;

import dev.reprise.runtime.ExecutionDescription;
import dev.reprise.runtime.RequestException;

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
        if (dice.chance(0.3)) {
            long first = dice.magnitude(1_000, 1_000_000);
            redrive(first);
            redrive(first + dice.magnitude(1, 2_000_000));
        }
    }

    /** Somebody asks something of the table. */
    void tableAsked() {
        if (requestsUntilStop > 0 && --requestsUntilStop == 0) {
            stop(world.dice.between(0, 10));
        }
    }

    private void redrive(long after) {
        world.lambda.invokeUntilAnswered(after, "redrive", (process, invocation) -> {
            try {
                return process.executions().redrive(Machine.identity().executionArn(), invocation);
            } catch (RequestException e) {
                if (!e.error().equals("ExecutionNotRedrivable")) {
                    throw e;
                }
                return null;
            }
        });
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
            long from = world.scheduler.now();
            ExecutionDescription answer =
                    process.executions().stop(Machine.identity().executionArn(), "Stopped", null, invocation);
            world.witness.stopped(from, world.scheduler.now());
            return answer;
        });
    }
}
