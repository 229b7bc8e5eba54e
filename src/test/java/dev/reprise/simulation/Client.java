package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.RequestException;
import dev.reprise.execution.StatesError;
import dev.reprise.history.HistoryQuery;
import dev.reprise.journal.store.Caller;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.TaskCallbacks;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** Who wants something of the function: the execution, perhaps several times over, and perhaps its end. */
final class Client {

    /** Of a token. */
    private static final int HASH_BYTES = 32;

    /** So long after its retention nothing of an execution is deleted. */
    private static final long DELETION_MARGIN = 300_000;

    private final World world;

    /** Requests to the table until the client wants the execution stopped: a stop that comes in the midst of things. */
    private int requestsUntilStop;

    /** Whether it asks for the execution only once, whatever becomes of that. */
    private boolean givesUp;

    Client(World world) {
        this.world = world;
    }

    void begin() {
        Dice dice = world.dice;
        world.trace.note("client", () -> "input " + world.machine.input() + ", machine " + world.machine.text());
        givesUp = dice.chance(0.2);
        start(0);
        while (dice.chance(0.15)) {
            start(dice.magnitude(1, 100_000));
        }
        if (dice.chance(0.1)) {
            stop(Machine.EXECUTION, dice.magnitude(1, 1_000_000));
        }
        if (dice.chance(0.1)) {
            requestsUntilStop = (int) dice.magnitude(1, 100);
        }
        if (dice.chance(0.5)) {
            disturbData();
        }
        while (dice.chance(0.15)) {
            look(Machine.EXECUTION, dice.magnitude(1, 1_000_000));
        }
        if (dice.chance(0.3)) {
            long first = dice.magnitude(1_000, 1_000_000);
            redrive(Machine.EXECUTION, first);
            redrive(Machine.EXECUTION, first + dice.magnitude(1, 2_000_000));
        }
    }

    /**
     * Once its retention is over somebody gives the execution's name to another one, perhaps while the first is being
     * deleted.
     *
     * @return false when nobody does
     */
    boolean beginsAnew(Course first) {
        // Those that its tasks start have names that follow from its own, and retentions that end later.
        if (world.witness.courses.size() > 1 || !world.dice.chance(0.15)) {
            return false;
        }
        long over = first.retainedUntil;
        world.witness.beginAnew();
        world.service.forget();
        world.weather.beginAnew();
        givesUp = false;
        do {
            long at = world.dice.chance(0.5)
                    ? Sweeps.firstAfter(over + DELETION_MARGIN) + world.dice.between(0, 60)
                    : over + world.dice.magnitude(1_000, 2_500_000);
            start(at - world.scheduler.now());
        } while (world.dice.chance(0.6));
        world.sweeps.deleteUntil(over + 1);
        return true;
    }

    /** Somebody writes the data anew, or removes it, and perhaps puts it back. */
    private void disturbData() {
        Dice dice = world.dice;
        long at = dice.magnitude(100, 1_000_000);
        boolean vanishes = dice.chance(0.3);
        world.scheduler.at(at, () -> {
            if (vanishes) {
                world.objects.vanish();
            } else {
                world.objects.change(dice);
            }
        });
        if (dice.chance(0.5)) {
            world.scheduler.at(at + dice.magnitude(1_000, 1_000_000), world.objects::comeBack);
        }
    }

    /**
     * A task has started an execution. Whoever it gives its token to answers; and that execution too may be looked at,
     * stopped and redriven.
     */
    void childStarted(Course child, Caller caller) {
        Dice dice = world.dice;
        JsonNode token = child.input.get("token");
        if (token != null) {
            String key = caller.executionArn() + caller.task();
            takeOn(token.textValue(), key, TaskWorld.answerToToken(key, child.input));
        }
        if (dice.chance(0.05)) {
            stop(child.id, dice.magnitude(1, 100_000));
        }
        if (dice.chance(0.1)) {
            redrive(child.id, dice.magnitude(1_000, 100_000));
        }
        if (dice.chance(0.05)) {
            look(child.id, dice.magnitude(1, 100_000));
        }
    }

    /** Whoever only looks sees something that is so, whatever happens at that moment. */
    private void look(ExecutionId id, long after) {
        String arn = Machine.arn(id);
        world.lambda.invokeUntilAnswered(
                after, "describe", (process, invocation) -> process.executions().describe(arn));
        world.lambda.invokeUntilAnswered(after, "history", (process, invocation) -> {
            process.executions().history(arn, HistoryQuery.firstPage(1_000));
            return null;
        });
    }

    /** Somebody asks something of the table. */
    void tableAsked() {
        if (requestsUntilStop > 0 && --requestsUntilStop == 0) {
            stop(Machine.EXECUTION, world.dice.between(0, 10));
        }
    }

    private void redrive(ExecutionId id, long after) {
        world.lambda.invokeUntilAnswered(after, "redrive", (process, invocation) -> {
            try {
                return process.executions().redrive(Machine.arn(id), invocation);
            } catch (RequestException e) {
                if (!e.error().equals("ExecutionNotRedrivable")) {
                    throw e;
                }
                return null;
            }
        });
    }

    /** A worker asks for the task of an activity, sooner or later, and again as long as any are queued. */
    void taskQueued() {
        world.lambda.invokeUntilAnswered(world.dice.magnitude(1, 100_000), "poll", (process, invocation) -> {
            for (TaskWorld.Kind kind : TaskWorld.Kind.values()) {
                TaskCallbacks.ActivityTask task = process.callbacks().getActivityTask(kind.activity(), "worker");
                if (task != null) {
                    take(kind, task);
                }
                if (world.table.hasQueued(kind)) {
                    taskQueued();
                }
            }
            return null;
        });
    }

    private void take(TaskWorld.Kind kind, TaskCallbacks.ActivityTask task) {
        String key = key(task.taskToken());
        world.witness.given(key);
        TaskWorld.Answer answer = TaskWorld.answer(kind.activity(), key, task.input());
        if (answer != null) {
            takeOn(task.taskToken(), key, answer);
        }
    }

    /**
     * Which task a token is of: after its hash come the workflow's name, the execution's and the task's, a line each.
     */
    private static String key(String taskToken) {
        String token = new String(Base64.getUrlDecoder().decode(taskToken), StandardCharsets.ISO_8859_1);
        String[] lines = token.substring(HASH_BYTES).split("\n", -1);
        return Machine.arn(new ExecutionId(lines[0], lines[1])) + lines[2];
    }

    /**
     * Somebody has been given a task, perhaps once more: who does it shows signs of life now and then, and answers
     * sooner or later, until the answer is acknowledged.
     */
    void takeOn(String token, String key, TaskWorld.Answer answer) {
        Dice dice = world.dice;
        long takes = dice.chance(0.5) ? dice.between(0, 20) : dice.magnitude(20, 1_000_000);
        for (long at = dice.between(500, 4_000); at < Math.min(takes, 20_000); at += dice.between(500, 4_000)) {
            world.lambda.invokeLater(at, "heartbeat", (process, invocation) -> {
                process.callbacks().sendTaskHeartbeat(token);
                world.witness.saw(Occurrence.HEARTBEAT);
                return null;
            });
        }
        answer(takes, token, key, answer);
        if (dice.chance(0.3)) {
            answer(takes + dice.magnitude(1, 20_000), token, key, answer);
        }
    }

    private void answer(long after, String token, String key, TaskWorld.Answer answer) {
        world.lambda.invokeUntilAnswered(after, "answer", (process, invocation) -> {
            StatesError error = answer.error();
            if (error == null) {
                process.callbacks().sendTaskSuccess(token, Objects.requireNonNull(answer.output()));
            } else {
                process.callbacks().sendTaskFailure(token, error.error(), error.cause());
            }
            world.witness.accepted(key);
            return null;
        });
    }

    private void start(long after) {
        SimulatedLambda.Request start = (process, invocation) ->
                process.executions().start(Machine.NAME, Machine.EXECUTION.name(), world.machine.input(), invocation);
        if (givesUp) {
            world.lambda.invokeOnce(after, "start", start);
        } else {
            world.lambda.invokeUntilAnswered(after, "start", start);
        }
    }

    /** Whether there need be no execution: nobody was told of one, and nobody asks again. */
    boolean hasGivenUp() {
        return givesUp && world.witness.courses.isEmpty();
    }

    private void stop(ExecutionId id, long after) {
        world.lambda.invokeUntilAnswered(after, "stop", (process, invocation) -> {
            long from = world.scheduler.now();
            ExecutionDescription answer = process.executions().stop(Machine.arn(id), "Stopped", null, invocation);
            world.witness.stopped(id, from, world.scheduler.now());
            return answer;
        });
    }
}
