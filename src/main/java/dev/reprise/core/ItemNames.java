package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.State;
import dev.reprise.asl.Value;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import org.jspecify.annotations.Nullable;

/** What the items of a Map or the branches of a Parallel are called in histories and results. */
final class ItemNames {

    private static final String FIELD = "ItemName";

    private final @Nullable Expression expression;
    private final String prefix;
    private final String typeError;

    private ItemNames(State state, @Nullable Value names, String word, String typeError, Compiler compiler) {
        this.expression = compiler.value(state, names, FIELD);
        this.prefix = state.name() + word;
        this.typeError = typeError;
    }

    static ItemNames of(State.Map state, String typeError, Compiler compiler) {
        return new ItemNames(state, state.completion().itemName(), "-iteration-", typeError, compiler);
    }

    static ItemNames of(State.Parallel state, String typeError, Compiler compiler) {
        return new ItemNames(state, state.completion().itemName(), "-branch-", typeError, compiler);
    }

    /** Whether the definition names them; else they are numbered. */
    boolean given() {
        return expression != null;
    }

    /** The name of a child that has one by now; else its number. */
    String of(Children children, int index) {
        String name = children.name(index);
        return name == null ? prefix + index : name;
    }

    /**
     * Names a child, where the definition does and it has no name yet.
     *
     * @param environment shows the item
     */
    void name(Children children, int index, StateEnvironment environment) {
        if (expression != null && children.name(index) == null) {
            children.name(index, text(expression.evaluate(environment)));
        }
    }

    /** Names all branches, where the definition does. */
    void nameAll(Children children, StateEnvironment environment) {
        if (expression == null) {
            return;
        }
        JsonNode names = expression.evaluate(environment);
        if (!names.isArray() || names.size() != children.total) {
            throw wrong("The field 'ItemName' must give an array of " + children.total + " names, one for each branch: "
                    + names);
        }
        for (int i = 0; i < children.total; i++) {
            children.name(i, text(names.path(i)));
        }
    }

    private String text(JsonNode name) {
        if (!name.isTextual()) {
            throw wrong("The field 'ItemName' must give a string: " + name);
        }
        return name.textValue();
    }

    private EvaluationException wrong(String cause) {
        return new EvaluationException(typeError, cause, FIELD);
    }
}
