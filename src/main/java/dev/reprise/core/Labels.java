package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.StateMachine;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.query.Environment;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import dev.reprise.query.Fuel;
import dev.reprise.query.Queries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The business keys of a definition's executions, such as the order that each is about: {@code "Reprise": {"Labels":
 * {"order": "{% $states.input.orderId %}"}}}. Each is worked out once, from what is known when an execution starts.
 */
public final class Labels {

    /** Characters of a value. */
    public static final int LONGEST_VALUE = 256;

    /** What all together may take: they are looked up, not computed. */
    private static final long MOST_FUEL = 1_000_000;

    private static final String FIELD = "Labels";

    private final List<Expression> expressions;

    private Labels(List<Expression> expressions) {
        this.expressions = expressions;
    }

    static @Nullable Labels compile(StateMachine machine, Function<QueryLanguage, Queries> languages) {
        JsonNode labels = machine.labels();
        if (labels == null || labels.isEmpty()) {
            return null;
        }
        return compile(labels, languages.apply(machine.queryLanguage()));
    }

    /** Of values or expressions by name, which were checked. */
    public static Labels compile(JsonNode labels, Queries queries) {
        List<Expression> expressions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            ObjectNode one = JsonNodeFactory.instance.objectNode();
            one.set(label.getKey(), label.getValue());
            expressions.add(queries.template(one, FIELD));
        }
        return new Labels(List.copyOf(expressions));
    }

    /**
     * The labels of one execution. One whose expression gives nothing, or neither a text nor a number nor a truth
     * value, or more than {@value #LONGEST_VALUE} characters, is left out: no execution fails for the want of it.
     *
     * @param leftOut is told why one is left out
     */
    public Map<String, String> of(
            ExecutionIdentity identity, JsonNode input, Instant startedAt, Consumer<String> leftOut) {
        return of(new AtStart(identity, input, startedAt), leftOut);
    }

    /** The same of what is known somewhere else. */
    public Map<String, String> of(Environment environment, Consumer<String> leftOut) {
        Map<String, String> labels = new TreeMap<>();
        for (Expression expression : expressions) {
            try {
                expression
                        .evaluate(environment)
                        .properties()
                        .forEach(label -> put(labels, label.getKey(), label.getValue(), leftOut));
            } catch (EvaluationException e) {
                leftOut.accept(e.causeText());
            }
        }
        return labels;
    }

    private static void put(Map<String, String> labels, String name, JsonNode value, Consumer<String> leftOut) {
        String text = value.asText();
        if (!value.isValueNode() || value.isNull() || text.isEmpty() || text.length() > LONGEST_VALUE) {
            leftOut.accept("The label '" + name + "' must be a text of 1 to " + LONGEST_VALUE + " characters");
        } else {
            labels.put(name, text);
        }
    }

    private record AtStart(ExecutionIdentity identity, JsonNode input, Instant now, Fuel fuel) implements Environment {

        AtStart(ExecutionIdentity identity, JsonNode input, Instant now) {
            this(identity, input, now, new Fuel());
            fuel.allow(MOST_FUEL);
        }

        @Override
        public @Nullable JsonNode result() {
            return null;
        }

        @Override
        public @Nullable JsonNode errorOutput() {
            return null;
        }

        @Override
        public JsonNode context() {
            ObjectNode context = JsonNodeFactory.instance.objectNode();
            ObjectNode execution = context.putObject("Execution")
                    .put("Id", identity.executionArn())
                    .put("Name", identity.executionName())
                    .put("RoleArn", identity.roleArn())
                    .put("StartTime", now.toString());
            execution.set("Input", input);
            context.putObject("StateMachine")
                    .put("Id", identity.stateMachineArn())
                    .put("Name", identity.stateMachineName());
            return context;
        }

        @Override
        public @Nullable JsonNode variable(String name) {
            return null;
        }

        @Override
        public RandomGenerator random() {
            return new SplittableRandom(Seeds.of(identity.executionArn()));
        }
    }
}
