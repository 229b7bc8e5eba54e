package dev.reprise.simulation;

import dev.reprise.execution.RequestException;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.Invocation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AWS Lambda: gives each invocation a process, ends it when its time is over, and repeats it when it failed. */
final class SimulatedLambda {

    /** How often Lambda repeats an asynchronous invocation that failed, and after how long. */
    private static final int RETRIES = 2;

    private static final long RETRY_MILLIS = 60_000;

    /** More often than anything goes wrong. */
    private static final int UNTIL_IT_SUCCEEDS = 100;

    /** What an invocation is to do. */
    interface Request {
        /** Null when the answer says nothing of the execution. */
        @Nullable
        ExecutionDescription call(SimulatedProcess process, Invocation invocation);
    }

    private final World world;
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private int count;

    SimulatedLambda(World world) {
        this.world = world;
    }

    /** Invokes the function after a while, and again should that fail. */
    void invokeLater(long millis, String what, Request request) {
        invokeLater(millis, what, "request-" + ++count, request, RETRIES);
    }

    /** For a client that does not ask again. */
    void invokeOnce(long millis, String what, Request request) {
        invokeLater(millis, what, "request-" + ++count, request, 0);
    }

    /** For a client that does not give up before it has its answer. */
    void invokeUntilAnswered(long millis, String what, Request request) {
        invokeLater(millis, what, "request-" + ++count, request, UNTIL_IT_SUCCEEDS);
    }

    private void invokeLater(long millis, String what, String requestId, Request request, int retries) {
        long at = world.scheduler.now() + millis;
        String name = what + " " + ++count;
        world.scheduler.begin(name, at, actor -> {
            world.witness.saw(Occurrence.INVOCATION);
            SimulatedProcess process = idleProcess();
            SimulatedInvocation invocation = new SimulatedInvocation(
                    name,
                    requestId,
                    at + world.weather.invocationLength(),
                    world.weather.stepsToLive(),
                    world.weather.stepsToFreeze(),
                    world.weather.coldness(),
                    actor);
            if (invocation.coldness > 0) {
                world.witness.saw(Occurrence.COLD);
            }
            process.begin(invocation);
            if (!invocation.overruns()) {
                world.scheduler.at(invocation.deadline, () -> {
                    if (!invocation.over) {
                        world.witness.saw(Occurrence.DEADLINE);
                        world.scheduler.kill(actor);
                    }
                });
            }
            boolean done = false;
            try {
                done = carriedOut(process, invocation, request);
            } finally {
                invocation.over = true;
                process.end();
                if (!done && retries > 0) {
                    invokeLater(RETRY_MILLIS, what, requestId, request, retries - 1);
                }
            }
        });
    }

    /** One that has run before, or a new one. */
    private SimulatedProcess idleProcess() {
        List<SimulatedProcess> idle =
                processes.stream().filter(SimulatedProcess::isIdle).toList();
        if (!idle.isEmpty() && world.weather.coinLandsOnHeads()) {
            return idle.get(world.dice.between(0, idle.size() - 1));
        }
        SimulatedProcess process = new SimulatedProcess(world);
        processes.add(process);
        return process;
    }

    /** False when it failed. */
    private boolean carriedOut(SimulatedProcess process, SimulatedInvocation invocation, Request request) {
        try {
            world.trace.note(
                    invocation.name,
                    () -> "begins, as " + invocation.requestId + ", until " + invocation.deadline / 1000.0);
            ExecutionDescription answer = request.call(
                    process, new Invocation(invocation.requestId, "", process.clockAt(invocation.deadline)));
            world.trace.note(invocation.name, () -> "answers " + InWords.of(answer));
            if (answer != null) {
                world.witness.answered(invocation, world.scheduler.now(), answer);
            }
            world.table.returned(invocation);
            world.witness.outlived(invocation, world.scheduler.now());
            return true;
        } catch (Crash e) {
            world.trace.note(invocation.name, () -> "dies");
            processes.remove(process);
            throw e;
        } catch (RequestException e) {
            world.trace.note(invocation.name, () -> "refuses: " + e.message());
            world.witness.refused(invocation, e);
            return true;
        } catch (RuntimeException e) {
            if (invocation.actor.dead) {
                // Whoever waited for something else that died with it wraps it up.
                world.trace.note(invocation.name, () -> "dies");
                processes.remove(process);
                throw new Crash();
            }
            world.trace.note(invocation.name, () -> "fails: " + e);
            world.witness.failed(invocation, e);
            return false;
        }
    }
}
