package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.core.Redaction;
import dev.reprise.core.event.ExecutionObserver;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.Effect;
import dev.reprise.execution.ScopePath;
import dev.reprise.testing.JsonDifference;
import dev.reprise.testing.suite.Difference.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a replay does against what the execution did then, state by state, and finds for each state of now the one
 * of then whose facts count for it. Not thread-safe.
 */
final class Comparison implements ExecutionObserver {

    /** Stands in what a task is given for its token, which nobody can make again. */
    static final String TOKEN = "replayed-task-token";

    /** Differences that are told; those that follow are mostly consequences. */
    private static final int MOST_DIFFERENCES = 20;

    /** Events that are told. */
    private static final int MOST_EVENTS = 20_000;

    private static final String ENTERED = "StateEntered";

    /** A running body of states, now and then. */
    private static final class Body {

        /** Where it stood then; null when there was no such body. */
        private final @Nullable ScopePath then;

        private final List<RecordedStep> steps;

        /** The state of then that is expected next. */
        private int next;

        /** The state of then that the state of now stands for; null when there is none. */
        private @Nullable RecordedStep current;

        private @Nullable String state;
        private int asked;

        Body(@Nullable ScopePath then, List<RecordedStep> steps) {
            this.then = then;
            this.steps = steps;
        }

        @Nullable
        RecordedStep expected() {
            return next < steps.size() ? steps.get(next) : null;
        }
    }

    private final RecordedExecution recorded;
    private final Map<String, State> states;
    private final Redaction redaction;
    private final Set<String> namesThen = new HashSet<>();

    /** What states were called then that have another name now. */
    private final Map<String, String> renamed = new HashMap<>();

    private final Map<ScopePath, Body> bodies = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private final List<HistoryEvent> events = new ArrayList<>();
    private final Set<RecordedStep.Attempt> used = new HashSet<>();
    private @Nullable Difference otherData;
    private long lastEvent;

    /**
     * A comparison with an execution of the past.
     *
     * @param states those of the definition, by name
     * @param redaction hides what nobody is to see
     */
    Comparison(RecordedExecution recorded, Map<String, State> states, Redaction redaction) {
        this.recorded = recorded;
        this.states = states;
        this.redaction = redaction;
        recorded.bodies().values().forEach(steps -> steps.forEach(step -> namesThen.add(step.state())));
    }

    List<Difference> differences() {
        return differences;
    }

    @Nullable
    Difference otherData() {
        return otherData;
    }

    /** The events of now, the first ones. */
    List<HistoryEvent> events() {
        return events;
    }

    /** The number of the last event of now. */
    long lastEvent() {
        return lastEvent;
    }

    /** Whether an answer of then was given. */
    boolean isUsed(RecordedStep.Attempt attempt) {
        return used.contains(attempt);
    }

    /** An answer of then is given. */
    void use(RecordedStep.Attempt attempt) {
        used.add(attempt);
    }

    // ---- what happens

    /** A replay that is made again tells again what it has told. */
    @Override
    public boolean sees(long event) {
        return event > lastEvent;
    }

    @Override
    public void on(HistoryEvent event) {
        lastEvent = event.id();
        if (events.size() < MOST_EVENTS) {
            events.add(redaction.event(event.withoutData()));
        }
        String type = event.type().name();
        if (type.endsWith(ENTERED)) {
            entered(event, event.details().path("name").asText());
        } else if (type.endsWith("StateExited")) {
            left(event);
        } else if (event.type() == HistoryEventType.MapStateStarted) {
            counted(event);
        } else if (event.type() == HistoryEventType.MapIterationSucceeded
                || event.type() == HistoryEventType.MapIterationFailed) {
            Body body = bodies.get(event.scope());
            if (body != null) {
                ended(event.scope(), body, event.id());
            }
        }
    }

    private void entered(HistoryEvent event, String name) {
        Body body = bodies.get(event.scope());
        if (body == null) {
            body = body(event.scope(), name);
            bodies.put(event.scope(), body);
        }
        body.current = match(event, body, name);
        body.state = name;
        body.asked = 0;
    }

    private Body body(ScopePath scope, String first) {
        ScopePath parent = scope.parent();
        if (parent == null) {
            return new Body(ScopePath.ROOT, recorded.bodies().getOrDefault(ScopePath.ROOT, List.of()));
        }
        Body around = bodies.get(parent);
        ScopePath then = around == null || around.then == null
                ? null
                : around.then.child(thenName(scope.state()), scope.visit(), scope.index());
        if (then == null) {
            return new Body(null, List.of());
        }
        if (states.get(scope.state()) instanceof State.Parallel parallel && !begins(then, first)) {
            // AWS begins branches in any order; which one it is, its first state tells.
            for (int branch = 0; branch < parallel.branches().size(); branch++) {
                ScopePath other = Objects.requireNonNull(then.parent()).child(then.state(), then.visit(), branch);
                if (begins(other, first)) {
                    then = other;
                    break;
                }
            }
        }
        List<RecordedStep> steps = recorded.bodies().get(then);
        return steps == null ? new Body(null, List.of()) : new Body(then, steps);
    }

    private boolean begins(ScopePath then, String first) {
        List<RecordedStep> steps = recorded.bodies().getOrDefault(then, List.of());
        return !steps.isEmpty() && steps.getFirst().state().equals(thenName(first));
    }

    private String thenName(String now) {
        return renamed.getOrDefault(now, now);
    }

    private @Nullable RecordedStep match(HistoryEvent event, Body body, String name) {
        RecordedStep expected = body.expected();
        if (expected != null && expected.state().equals(thenName(name))) {
            body.next++;
            return expected;
        }
        if (body.then == null) {
            return null;
        }
        if (expected != null && isRenamed(expected, event.type().name(), name)) {
            renamed.put(name, expected.state());
            differ(
                    Kind.RENAMED,
                    "State " + expected.state() + " is called " + name + " now",
                    event.scope(),
                    name,
                    null,
                    expected.event(),
                    event.id());
            body.next++;
            return expected;
        }
        elsewhere(event.scope(), body, name, event.id());
        for (int later = body.next + 1; later < body.steps.size(); later++) {
            if (body.steps.get(later).state().equals(thenName(name))) {
                body.next = later + 1;
                return body.steps.get(later);
            }
        }
        return null;
    }

    /** A name that the definition has no more, in whose place stands one that is new. */
    private boolean isRenamed(RecordedStep expected, String type, String name) {
        return expected.type().equals(type) && !states.containsKey(expected.state()) && !namesThen.contains(name);
    }

    /** @param name null where the body ends */
    private void elsewhere(ScopePath scope, Body body, @Nullable String name, @Nullable Long replayed) {
        RecordedStep expected = body.expected();
        RecordedStep last = body.next == 0 ? null : body.steps.get(body.next - 1);
        String after = last == null
                ? "After its start"
                : "After state " + last.state() + (scope.parent() == null ? " (number " + body.next + ")" : "");
        differ(
                Kind.OTHER_STATE,
                in(scope) + (scope.parent() == null ? after : after.replace("After", "after")) + " it went to "
                        + end(expected == null ? null : expected.state()) + ", and goes to " + end(name) + " now",
                scope,
                name == null ? body.state : name,
                null,
                expected != null ? Long.valueOf(expected.event()) : last == null ? null : Long.valueOf(last.event()),
                replayed);
    }

    private static String end(@Nullable String state) {
        return state == null ? "its end" : "state " + state;
    }

    /** A body came to its end. */
    private void ended(ScopePath scope, Body body, @Nullable Long replayed) {
        // One that was redriven went on after an end.
        boolean endedThenToo = body.next > 0 && body.steps.get(body.next - 1).isLast();
        if (body.expected() != null && !endedThenToo) {
            elsewhere(scope, body, null, replayed);
        }
    }

    /** The execution came to its end. */
    void ended() {
        Body root = bodies.get(ScopePath.ROOT);
        if (root != null) {
            ended(ScopePath.ROOT, root, lastEvent);
        }
    }

    private void left(HistoryEvent event) {
        Body body = bodies.get(event.scope());
        RecordedStep then = body == null ? null : body.current;
        JsonNode output = event.details().get("output");
        if (otherData != null || then == null || then.output() == null || output == null) {
            return;
        }
        String difference = difference(then.output(), output);
        if (difference != null && differences.isEmpty()) {
            String name = event.details().path("name").asText();
            otherData = new Difference(
                    Kind.OTHER_DATA,
                    in(event.scope()) + "state " + name + " gives other data. " + difference,
                    event.scope(),
                    name,
                    null,
                    then.exitEvent(),
                    event.id());
        }
    }

    private void counted(HistoryEvent event) {
        Body body = bodies.get(event.scope());
        RecordedStep then = body == null ? null : body.current;
        int now = event.details().path("length").asInt(-1);
        if (body != null && then != null && then.items() >= 0 && now >= 0 && now != then.items()) {
            differ(
                    Kind.OTHER_ITEMS,
                    in(event.scope()) + "state " + body.state + " had " + items(then.items()) + ", and has "
                            + items(now) + " now",
                    event.scope(),
                    body.state,
                    null,
                    then.event(),
                    event.id());
        }
    }

    private static String items(int count) {
        return count == 1 ? "1 item" : count + " items";
    }

    // ---- what is asked for

    /** The state of then that a body of now is in; null when there is none. */
    @Nullable
    RecordedStep current(ScopePath scope) {
        Body body = bodies.get(scope);
        return body == null ? null : body.current;
    }

    /** How often the task of the state was called in which a body is. */
    int asked(ScopePath scope) {
        Body body = bodies.get(scope);
        return body == null ? 0 : body.asked;
    }

    /** The call of then that a call of now stands for; null when the past knows none. */
    RecordedStep.@Nullable Attempt asked(Effect.RunTask task) {
        ScopePath scope = task.id().scope();
        Body body = bodies.get(scope);
        if (body == null) {
            noAnswer(
                    scope,
                    task.state(),
                    null,
                    "state " + task.state()
                            + ", in a child of a distributed Map, calls its task: what such children did"
                            + " stands in no history");
            return null;
        }
        int number = body.asked++;
        RecordedStep step = body.current;
        RecordedStep.Attempt attempt = step == null || number >= step.attempts().size()
                ? null
                : step.attempts().get(number);
        if (attempt == null) {
            noAnswer(
                    scope,
                    task.state(),
                    number,
                    number == 0
                            ? "state " + task.state() + " calls its task now, of which the past knows no answer"
                            : "state " + task.state() + " calls its task for the " + ordinal(number + 1)
                                    + " time now, of which the past knows no answer: then it "
                                    + (number == 1 ? "was called once" : "was called " + number + " times"));
            return null;
        }
        compare(task, attempt, number);
        return attempt;
    }

    private static String ordinal(int number) {
        boolean teen = number % 100 / 10 == 1;
        String suffix = teen
                ? "th"
                : switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + suffix;
    }

    private void compare(Effect.RunTask task, RecordedStep.Attempt then, int number) {
        ScopePath scope = task.id().scope();
        String target = target(task.resource());
        JsonNode asked = then.asked();
        if (asked == null) {
            return;
        }
        if (!target.equals(then.target())) {
            differ(
                    Kind.OTHER_TASK,
                    in(scope) + "state " + task.state() + " called " + then.target() + ", and calls " + target + " now",
                    scope,
                    task.state(),
                    number,
                    then.event(),
                    lastEvent);
        }
        String difference = difference(asked, withoutToken(asked, task.input()));
        if (difference != null) {
            differ(
                    Kind.OTHER_INPUT,
                    in(scope) + "state " + task.state()
                            + (number == 0 ? "" : ", at its " + ordinal(number + 1) + " attempt,")
                            + " gives its task other data. " + difference,
                    scope,
                    task.state(),
                    number,
                    then.event(),
                    lastEvent);
        }
    }

    private static String target(Resource resource) {
        return resource instanceof Resource.Action action
                ? RecordedStep.target(action.type(), action.api())
                : resource.uri();
    }

    /** What is asked for now, with the token of then where one is sent. */
    private static JsonNode withoutToken(JsonNode then, JsonNode now) {
        if (now.isTextual() && then.isTextual() && now.textValue().contains(TOKEN)) {
            return then;
        }
        if (now instanceof ObjectNode object && then.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member ->
                            copy.set(member.getKey(), withoutToken(then.path(member.getKey()), member.getValue())));
            return copy;
        }
        if (now instanceof ArrayNode array && then.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                copy.add(withoutToken(then.path(i), array.get(i)));
            }
            return copy;
        }
        return now;
    }

    /** The first place at which two values differ, without what is hidden; null when there is none. */
    @Nullable
    String difference(JsonNode then, JsonNode now) {
        String difference = JsonDifference.between(then, now);
        if (difference == null || !redaction.hides()) {
            return difference;
        }
        String shown = JsonDifference.between(redaction.value(then), redaction.value(now));
        return shown == null ? "What differs is hidden." : redaction.text(shown);
    }

    /** Something is asked for of which the past knows no answer. */
    void noAnswer(ScopePath scope, String state, @Nullable Integer attempt, String words) {
        RecordedStep then = current(scope);
        differ(
                Kind.NO_ANSWER,
                in(scope) + words,
                scope,
                state,
                attempt,
                then == null ? null : Long.valueOf(then.event()),
                lastEvent);
    }

    /** The end is another, or there is none. */
    void end(Kind kind, String words) {
        differ(kind, words, ScopePath.ROOT, null, null, null, lastEvent);
    }

    private void differ(
            Kind kind,
            String words,
            ScopePath scope,
            @Nullable String state,
            @Nullable Integer attempt,
            @Nullable Long event,
            @Nullable Long replayed) {
        // The items of a Map mostly differ all alike.
        if (differences.size() < MOST_DIFFERENCES && told.add(kind + " " + state)) {
            String text = Character.toUpperCase(words.charAt(0)) + words.substring(1);
            differences.add(new Difference(kind, text, scope, state, attempt, event, replayed));
        }
    }

    /** Such as {@code in item 3 of Each, }; empty for the execution itself. */
    private String in(ScopePath scope) {
        if (scope.parent() == null) {
            return "";
        }
        String kind = states.get(scope.state()) instanceof State.Parallel ? "branch " : "item ";
        return "in " + kind + scope.index() + " of " + scope.state() + ", ";
    }
}
