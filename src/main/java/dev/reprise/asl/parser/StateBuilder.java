package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Body;
import dev.reprise.asl.DataFlow;
import dev.reprise.asl.DataFlow.JsonPathFlow;
import dev.reprise.asl.DataFlow.JsonataFlow;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.asl.State.WaitUntil;
import dev.reprise.asl.TaskSemantics;
import dev.reprise.asl.Transition;
import dev.reprise.asl.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes one state. */
final class StateBuilder {

    private final MachineBuilder machine;
    private final String name;
    private final Fields fields;
    private final QueryLanguage language;

    StateBuilder(MachineBuilder machine, String name, Fields fields) {
        this.machine = machine;
        this.name = name;
        this.fields = fields;
        this.language = fields.language();
    }

    State state() {
        String type = fields.requiredText("Type");
        return switch (type) {
            case "Pass" -> new State.Pass(name, language, flow(), fields.json("Result"), transition());
            case "Task" -> task();
            case "Choice" ->
                new State.Choice(name, language, flow(), ConditionBuilder.rules(fields), fields.text("Default"));
            case "Wait" -> new State.Wait(name, language, flow(), until(), transition());
            case "Succeed" -> new State.Succeed(name, language, flow());
            case "Fail" -> new State.Fail(name, language, flow(), fields.value("Error"), fields.value("Cause"));
            case "Parallel" -> parallel();
            case "Map" -> new MapBuilder(machine, name, fields).map(mapFlow(), transition());
            default -> throw new IllegalStateException("A checked state has no type '" + type + "'");
        };
    }

    private State.Task task() {
        return new State.Task(
                name,
                language,
                flow(),
                Resource.parse(fields.requiredText("Resource")),
                fields.value("TimeoutSeconds"),
                fields.value("HeartbeatSeconds"),
                fields.json("Credentials"),
                fields.inner("Reprise").choice("Semantics", TaskSemantics.AT_LEAST_ONCE_PER_RETRY),
                RateLimits.of(fields.object()),
                FailureBuilder.retriers(fields),
                FailureBuilder.catchers(fields),
                transition());
    }

    private State.Parallel parallel() {
        List<Body> branches = new ArrayList<>();
        for (JsonNode branch : fields.object().path("Branches")) {
            branches.add(machine.body(branch));
        }
        return new State.Parallel(
                name,
                language,
                flow(),
                branches,
                CompletionBuilder.options(fields.inner("Reprise")),
                FailureBuilder.retriers(fields),
                FailureBuilder.catchers(fields),
                transition());
    }

    private WaitUntil until() {
        Value seconds = fields.value("Seconds");
        return seconds == null
                ? new WaitUntil.Timestamp(Objects.requireNonNull(fields.value("Timestamp")))
                : new WaitUntil.Seconds(seconds);
    }

    private Transition transition() {
        String next = fields.text("Next");
        return next == null ? new Transition.End() : new Transition.Next(next);
    }

    private DataFlow flow() {
        return language == QueryLanguage.JSONATA ? jsonataFlow() : jsonPathFlow("Parameters");
    }

    /** A Map's {@code Parameters} shape its items, not its own input. */
    private DataFlow mapFlow() {
        return language == QueryLanguage.JSONATA ? jsonataFlow() : jsonPathFlow("");
    }

    private DataFlow jsonataFlow() {
        return hasNone("Arguments", "Output", "Assign")
                ? JsonataFlow.DEFAULT
                : new JsonataFlow(fields.json("Arguments"), fields.json("Output"), fields.objectNode("Assign"));
    }

    private DataFlow jsonPathFlow(String parameters) {
        return hasNone("InputPath", parameters, "ResultSelector", "ResultPath", "OutputPath", "Assign")
                ? JsonPathFlow.DEFAULT
                : new JsonPathFlow(
                        fields.path("InputPath", "$"),
                        fields.json(parameters),
                        fields.json("ResultSelector"),
                        fields.path("ResultPath", "$"),
                        fields.path("OutputPath", "$"),
                        fields.objectNode("Assign"));
    }

    private boolean hasNone(String... names) {
        return Stream.of(names).noneMatch(fields::has);
    }
}
