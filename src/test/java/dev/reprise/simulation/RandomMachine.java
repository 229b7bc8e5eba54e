package dev.reprise.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.simulation.TaskWorld.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws state machines. Each comes to an end, and its output tells of every task that had a part in it. States pass on
 * an object whose {@code v} is a number; what a task or a Map gives is put beside it.
 *
 * <p>A machine is confluent unless something in it makes the order of events count: a bound on a task that may or may
 * not be done in time, or a number of items at which a Map is content.
 */
final class RandomMachine {

    private final Dice dice;
    private final boolean confluent;
    private final boolean retold;
    private final boolean nests;
    private final boolean polls;
    private final boolean readsData;
    private final boolean large;
    private boolean endless;
    private boolean hasReader;

    /**
     * Whether a Map or Parallel is tried again: each try has scopes of its own, and a redrive begins the tries anew.
     */
    private boolean retriesScopes;

    private int names;

    /** @param nests whether some of its tasks start executions */
    private RandomMachine(Dice dice, boolean confluent, boolean retold, boolean nests) {
        this.dice = dice;
        this.confluent = confluent;
        this.retold = retold;
        this.nests = nests;
        this.polls = dice.chance(0.3);
        this.readsData = dice.chance(0.2);
        this.large = dice.chance(0.05);
    }

    /** A machine, and the one whose executions its tasks may start. */
    static Map<String, Machine> draw(Dice dice) {
        boolean endless = dice.chance(0.01);
        boolean confluent = dice.chance(0.7) && !endless;
        RandomMachine drawn = new RandomMachine(dice, confluent, dice.chance(0.5), dice.chance(0.3));
        drawn.endless = endless;
        Machine machine = drawn.machine(Machine.NAME, drawn.dice.between(2, 5), 0);
        RandomMachine child = new RandomMachine(dice, drawn.confluent, drawn.retold, false);
        return Map.of(Machine.NAME, machine, Machine.CHILD, child.machine(Machine.CHILD, dice.between(1, 3), 1));
    }

    private Machine machine(String workflow, int length, int depth) {
        ObjectNode root = body(length, depth);
        if (endless) {
            neverEnd((ObjectNode) root.get("States"));
        }
        if (!confluent && dice.chance(0.2)) {
            root.put("TimeoutSeconds", (int) dice.magnitude(10, 10_000));
        }
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("v", dice.between(0, 999));
        if (large && dice.chance(0.5)) {
            input.put("text", "large".repeat(600));
        }
        return Machine.of(workflow, root.toString(), input, confluent, retold && !retriesScopes, hasReader);
    }

    private String name() {
        return "S" + ++names;
    }

    private ObjectNode body(int length, int depth) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode states = JsonNodeFactory.instance.objectNode();
        body.put("StartAt", chain(states, length, depth, null));
        body.set("States", states);
        return body;
    }

    /**
     * Adds states that come one after the other, and gives the first one's name. {@code next} comes after the last;
     * null when nothing does.
     */
    private String chain(ObjectNode states, int length, int depth, @Nullable String next) {
        String first = next;
        for (int i = 0; i < length; i++) {
            first = step(states, depth, first);
        }
        return first;
    }

    private String step(ObjectNode states, int depth, @Nullable String next) {
        return switch (dice.between(0, depth < 2 ? 13 : 8)) {
            case 0 -> pass(states, next);
            case 1, 2 -> await(states, next);
            case 3 -> dice.chance(0.2) ? spin(states, next) : choice(states, depth, next);
            case 9 -> loop(states, depth, next);
            case 10, 11, 12 -> map(states, depth, next);
            case 13 -> parallel(states, depth, next);
            default -> nests && dice.chance(0.4) ? startExecution(states, depth, next) : task(states, depth, next);
        };
    }

    private static ObjectNode add(ObjectNode states, String name, String type, @Nullable String next) {
        ObjectNode state = states.putObject(name).put("Type", type);
        if (next == null) {
            state.put("End", true);
        } else {
            state.put("Next", next);
        }
        return state;
    }

    private String pass(ObjectNode states, @Nullable String next) {
        String name = name();
        ObjectNode state = add(states, name, "Pass", next);
        state.putObject("Parameters").put("v.$", "States.MathAdd($.v, " + dice.between(1, 9) + ")");
        return name;
    }

    /** A Wait state: a short one is waited for, a longer one suspends, one of days is what timers are for. */
    private String await(ObjectNode states, @Nullable String next) {
        String name = name();
        add(states, name, "Wait", next).put("Seconds", dice.oneOf(1, 4, 30, 600, 100_000));
        return name;
    }

    private String choice(ObjectNode states, int depth, @Nullable String next) {
        String join = next == null ? succeed(states) : next;
        String name = name();
        ObjectNode state = states.putObject(name).put("Type", "Choice");
        state.putArray("Choices")
                .addObject()
                .put("Variable", "$.v")
                .put("NumericLessThan", dice.between(0, 999))
                .put("Next", dice.chance(0.1) ? fail(states) : chain(states, 1, depth, join));
        state.put("Default", join);
        return name;
    }

    private String succeed(ObjectNode states) {
        String name = name();
        states.putObject(name).put("Type", "Succeed");
        return name;
    }

    private String fail(ObjectNode states) {
        String name = name();
        states.putObject(name)
                .put("Type", "Fail")
                .put("Error", TaskWorld.BROKEN.error())
                .put("Cause", TaskWorld.BROKEN.cause());
        return name;
    }

    /** Some states, gone through several times; a variable counts. */
    private String loop(ObjectNode states, int depth, @Nullable String next) {
        String counter = "i" + ++names;
        String again = name();
        String count = name();
        add(states, count, "Pass", again)
                .putObject("Assign")
                .put(counter + ".$", "States.MathAdd($" + counter + ", 1)");
        String first = chain(states, dice.between(1, 2), depth + 1, count);
        ObjectNode choice = states.putObject(again).put("Type", "Choice");
        choice.putArray("Choices")
                .addObject()
                .put("Variable", "$" + counter)
                .put("NumericLessThan", dice.between(1, 3))
                .put("Next", first);
        choice.put("Default", next == null ? succeed(states) : next);
        String begin = name();
        add(states, begin, "Pass", first).putObject("Assign").put(counter, 0);
        return begin;
    }

    private String task(ObjectNode states, int depth, @Nullable String next) {
        String name = name();
        ObjectNode state = add(states, name, "Task", next);
        Kind kind = kind();
        boolean doneByOthers = kind != Kind.LARGE && dice.chance(0.15);
        boolean job = !doneByOthers && kind != Kind.LARGE && polls && dice.chance(0.4);
        boolean activity = doneByOthers && !confluent && dice.chance(0.4);
        state.put(
                "Resource",
                activity
                        ? kind.activity()
                        : job
                                ? kind.job()
                                : kind.resource()
                                        + (doneByOthers ? Resource.Pattern.WAIT_FOR_TASK_TOKEN.suffix() : ""));
        if (doneByOthers && !confluent && dice.chance(0.5)) {
            state.put("HeartbeatSeconds", dice.between(1, 3));
        }
        if (!doneByOthers && !job && !confluent && dice.chance(0.2)) {
            state.putObject("Reprise").put("Semantics", "AT_MOST_ONCE_PER_RETRY");
        }
        parameters(state.putObject("Parameters"), name);
        if (kind == Kind.LARGE) {
            state.putObject("ResultSelector").put("v.$", "$.v");
        }
        state.put("ResultPath", dice.oneOf("$", "$." + name, "$." + name));
        // A worker that dies, or whom nobody tells, has taken the task from all others.
        if (activity || kind == Kind.SILENT || (!confluent && dice.chance(0.3))) {
            state.put("TimeoutSeconds", (int) dice.magnitude(4, 40));
        }
        if ((kind != Kind.SURE || !confluent) && dice.chance(0.6)) {
            retry(state);
        }
        if (kind == Kind.SILENT || (kind != Kind.SURE && dice.chance(0.6))) {
            catcher(states, state, depth, next, "$.caught");
        }
        return name;
    }

    /** What tells one task from another. */
    private void parameters(ObjectNode parameters, String state) {
        parameters.put("v.$", "$.v").put("state", state).put("try.$", "$$.State.RetryCount");
        if (!retold) {
            parameters.put("redrive.$", "$$.Execution.RedriveCount");
        }
    }

    /** A task that starts an execution: it may wait for its end, or for somebody whom that gives the task's token. */
    private String startExecution(ObjectNode states, int depth, @Nullable String next) {
        Resource.Pattern pattern = dice.oneOf(
                Resource.Pattern.REQUEST_RESPONSE,
                Resource.Pattern.WAIT_FOR_TASK_TOKEN,
                Resource.Pattern.SYNC,
                Resource.Pattern.SYNC_2,
                Resource.Pattern.SYNC_2);
        String name = name();
        ObjectNode state = add(states, name, "Task", next);
        state.put("Resource", "arn:aws:states:::states:startExecution" + pattern.suffix());
        ObjectNode arguments =
                state.putObject("Parameters").put("StateMachineArn", Machine.stateMachineArn(Machine.CHILD));
        parameters(arguments.putObject("Input"), name);
        if (pattern == Resource.Pattern.WAIT_FOR_TASK_TOKEN) {
            arguments.withObject("/Input").put("token.$", "$$.Task.Token");
        } else if (pattern.waitsForJob()) {
            String output = pattern == Resource.Pattern.SYNC ? "States.StringToJson($.Output)" : "$.Output";
            state.putObject("ResultSelector").put("output.$", output);
        }
        // When it was started is told to those only who ask for its name.
        state.put("ResultPath", pattern == Resource.Pattern.REQUEST_RESPONSE ? null : "$." + name);
        if (!confluent && dice.chance(0.3)) {
            state.put("TimeoutSeconds", (int) dice.magnitude(4, 400));
        }
        if (dice.chance(0.3)) {
            retry(state);
        }
        if (confluent || dice.chance(0.6)) {
            // When it ended is told by the error.
            catcher(states, state, depth, next, null);
        }
        return name;
    }

    /** A long way that nothing from outside stands along: the time of an invocation may run out at any place of it. */
    private String spin(ObjectNode states, @Nullable String next) {
        String counter = "i" + ++names;
        String turn = name();
        String again = name();
        add(states, turn, "Pass", again).putObject("Assign").put(counter + ".$", "States.MathAdd($" + counter + ", 1)");
        ObjectNode choice = states.putObject(again).put("Type", "Choice");
        choice.putArray("Choices")
                .addObject()
                .put("Variable", "$" + counter)
                .put("NumericLessThan", dice.between(5, 40))
                .put("Next", turn);
        choice.put("Default", next == null ? succeed(states) : next);
        String begin = name();
        add(states, begin, "Pass", turn).putObject("Assign").put(counter, 0);
        return begin;
    }

    /** Whatever would end the machine goes round and round instead. */
    private static void neverEnd(ObjectNode states) {
        for (JsonNode state : states) {
            if (state.path("End").asBoolean()) {
                ((ObjectNode) state).remove("End");
                ((ObjectNode) state).put("Next", "Round");
            } else if (state.path("Type").asText().equals("Succeed")) {
                ((ObjectNode) state).put("Type", "Pass").put("Next", "Round");
            }
        }
        ObjectNode choice = states.putObject("Round").put("Type", "Choice").put("Default", "AndRound");
        choice.putArray("Choices")
                .addObject()
                .put("Variable", "$.never")
                .put("IsPresent", true)
                .put("Next", "Out");
        states.putObject("AndRound").put("Type", "Pass").put("Next", "Round");
        states.putObject("Out").put("Type", "Succeed");
    }

    private Kind kind() {
        return switch (dice.between(0, 19)) {
            case 0 -> Kind.SILENT;
            case 1 -> Kind.BROKEN;
            case 2, 3, 4, 5 -> Kind.FLAKY;
            case 6, 7 -> large ? Kind.LARGE : Kind.SURE;
            default -> Kind.SURE;
        };
    }

    private void retry(ObjectNode state) {
        ObjectNode retrier = state.putArray("Retry").addObject();
        retrier.putArray("ErrorEquals").add("States.ALL");
        retrier.put("IntervalSeconds", dice.oneOf(1, 3, 60))
                .put("MaxAttempts", dice.between(1, 3))
                .put("BackoffRate", dice.oneOf(1.0, 2.0));
        if (dice.chance(0.3)) {
            retrier.put("JitterStrategy", "FULL");
        }
    }

    private void catcher(
            ObjectNode states, ObjectNode state, int depth, @Nullable String next, @Nullable String resultPath) {
        String after = next == null ? succeed(states) : next;
        ObjectNode catcher = state.putArray("Catch").addObject();
        catcher.putArray("ErrorEquals").add("States.ALL");
        catcher.put("ResultPath", resultPath).put("Next", dice.chance(0.5) ? after : chain(states, 1, depth, after));
    }

    private String map(ObjectNode states, int depth, @Nullable String next) {
        String name = name();
        ObjectNode map = add(states, name, "Map", next);
        boolean reads = readsData && dice.chance(0.7);
        if (reads) {
            hasReader = true;
            ObjectNode reader = map.putObject("ItemReader").put("Resource", "arn:aws:states:::s3:getObject");
            reader.putObject("ReaderConfig").put("InputType", "JSON");
            reader.putObject("Parameters")
                    .put("Bucket", SimulatedObjects.BUCKET)
                    .put("Key", SimulatedObjects.KEY);
        } else {
            map.put("ItemsPath", "$.items");
        }
        map.put("ResultPath", "$." + name);
        map.putObject("ItemSelector").put("v.$", "$$.Map.Item.Value").put("outer.$", "$.v");
        ObjectNode processor = body(dice.between(1, 2), depth + 1);
        if (reads) {
            processor.putObject("ProcessorConfig").put("Mode", "DISTRIBUTED").put("ExecutionType", "STANDARD");
        }
        map.set("ItemProcessor", processor);
        if (dice.chance(0.5)) {
            map.put("MaxConcurrency", dice.between(1, 3));
        }
        fanOutOptions(states, map, depth, next);
        if (reads) {
            return name;
        }
        String items = name();
        add(states, items, "Pass", name)
                .putObject("Parameters")
                .put("v.$", "$.v")
                .put("items.$", "States.ArrayRange(1, " + dice.between(1, depth == 0 ? 6 : 3) + ", 1)");
        return items;
    }

    private String parallel(ObjectNode states, int depth, @Nullable String next) {
        String name = name();
        ObjectNode parallel = add(states, name, "Parallel", next).put("ResultPath", "$." + name);
        for (int i = dice.between(1, 3); i > 0; i--) {
            parallel.withArray("Branches").add(body(dice.between(1, 2), depth + 1));
        }
        fanOutOptions(states, parallel, depth, next);
        return name;
    }

    private void fanOutOptions(ObjectNode states, ObjectNode state, int depth, @Nullable String next) {
        ObjectNode completion = JsonNodeFactory.instance.objectNode();
        boolean tolerant = dice.chance(0.2);
        if (tolerant) {
            completion.put("ToleratedFailureCount", dice.between(0, 2));
        } else if (!confluent && dice.chance(0.3)) {
            completion.put("MinSuccessful", 1);
        } else if (dice.chance(0.2)) {
            completion.put("CaptureErrors", true);
        }
        if (!completion.isEmpty()) {
            state.set("Reprise", completion);
        }
        if (dice.chance(0.2)) {
            retriesScopes = true;
            retry(state);
        }
        if (tolerant || dice.chance(0.4)) {
            // Which item was one too many is told by the error, and depends on the order.
            catcher(states, state, depth, next, tolerant ? null : "$.caught");
        }
    }
}
