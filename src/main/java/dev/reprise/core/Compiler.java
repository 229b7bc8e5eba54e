package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Body;
import dev.reprise.asl.Condition;
import dev.reprise.asl.DataFlow;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import dev.reprise.query.CompiledCondition;
import dev.reprise.query.Expression;
import dev.reprise.query.Queries;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a definition's states into behaviours: every expression is compiled here, once, and every name of a state
 * resolved.
 */
final class Compiler {

    private final Function<QueryLanguage, Queries> languages;
    private int fanOuts;

    Compiler(Function<QueryLanguage, Queries> languages) {
        this.languages = languages;
    }

    BodyProgram body(Body body) {
        Compiler own = new Compiler(languages);
        Map<String, Behaviour> states = new LinkedHashMap<>();
        body.states().forEach((name, state) -> states.put(name, own.behaviour(state)));
        BodyProgram program = new BodyProgram(Objects.requireNonNull(states.get(body.startAt())), states, own.fanOuts);
        states.values().forEach(state -> state.link(program::state));
        return program;
    }

    /** A body of one state alone, which leads to states that need not be there: nothing follows its transitions. */
    BodyProgram alone(State state) {
        Behaviour behaviour = behaviour(state);
        return new BodyProgram(behaviour, Map.of(state.name(), behaviour), fanOuts);
    }

    private Behaviour behaviour(State state) {
        return switch (state) {
            case State.Pass pass -> new PassBehaviour(pass, this);
            case State.Task task -> new TaskBehaviour(task, this);
            case State.Choice choice -> new ChoiceBehaviour(choice, this);
            case State.Wait wait -> new WaitBehaviour(wait, this);
            case State.Succeed succeed -> new SucceedBehaviour(succeed, this);
            case State.Fail fail -> new FailBehaviour(fail, this);
            case State.Parallel parallel -> new ParallelBehaviour(parallel, this);
            case State.Map map -> new MapBehaviour(map, this);
        };
    }

    /** Numbers the Map and Parallel states of a body from 0, so that a scope can count the visits of each. */
    int nextFanOut() {
        return fanOuts++;
    }

    Flow flow(State state) {
        return switch (state.dataFlow()) {
            case DataFlow.JsonPathFlow fields -> new JsonPathFlow(state, fields, this);
            case DataFlow.JsonataFlow fields -> new JsonataFlow(state, fields, this);
        };
    }

    @Nullable
    Expression template(State state, @Nullable JsonNode template, String field) {
        return template == null ? null : queries(state).template(template, field);
    }

    @Nullable
    Expression value(State state, @Nullable Value value, String field) {
        return value == null ? null : requiredValue(state, value, fieldName(field, value));
    }

    Expression requiredValue(State state, Value value, String field) {
        return queries(state).value(value, field);
    }

    CompiledCondition condition(State state, Condition condition, String field) {
        return queries(state).condition(condition, field);
    }

    /** The field's name as the file spells it: a path stands in the field's {@code …Path} twin. */
    String fieldName(String field, Value value) {
        return value instanceof Value.Path ? field + "Path" : field;
    }

    /** What the fields of a request stand in, in the state's query language. */
    String requestField(State state) {
        return state.queryLanguage() == QueryLanguage.JSONATA ? "Arguments" : "Parameters";
    }

    private Queries queries(State state) {
        return languages.apply(state.queryLanguage());
    }
}
