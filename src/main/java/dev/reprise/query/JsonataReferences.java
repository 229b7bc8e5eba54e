package dev.reprise.query;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an expression reads, found without evaluating it.
 *
 * @param variables names of variables that it does not bind itself, functions and {@code states} among them
 * @param atTopLevel what it reads from a context value where there is none: bare names, {@code $}, {@code $$}, wildcards
 * @param ofStates the members of {@code $states} that it reads by name
 */
record JsonataReferences(Set<String> variables, Set<String> atTopLevel, Set<String> ofStates) {

    private static final String STATES = "states";

    /**
     * Reads an expression that the engine has accepted.
     *
     * @throws IllegalArgumentException when its structure cannot be read
     */
    static JsonataReferences of(String expression) {
        JsonataReferences references =
                new JsonataReferences(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        references.read(JsonataParser.parse(expression), new HashSet<>(), true);
        return references;
    }

    /**
     * Collects what {@code node} reads.
     *
     * @param bound variables bound so far in this block; binding adds to it
     * @param top whether there is no context value
     */
    private void read(JsonataNode node, Set<String> bound, boolean top) {
        switch (node) {
            case JsonataNode.Literal literal -> {}
            case JsonataNode.Name(String name) -> readContext(name, top);
            case JsonataNode.Wildcard(String symbol) -> readContext(symbol, top);
            case JsonataNode.Variable(String name) -> {
                if (name.isEmpty()) {
                    readContext("$", top);
                } else if (name.equals("$")) {
                    // The root is never there, however deep the place from which it is asked for.
                    readContext("$$", true);
                } else if (!bound.contains(name)) {
                    variables.add(name);
                }
            }
            case JsonataNode.Parts(List<JsonataNode> parts) -> parts.forEach(part -> read(part, bound, top));
            case JsonataNode.Arithmetic(JsonataNode left, JsonataNode right) -> {
                read(left, bound, top);
                read(right, bound, top);
            }
            case JsonataNode.Call(JsonataNode procedure, List<JsonataNode> arguments) -> {
                read(procedure, bound, top);
                arguments.forEach(argument -> read(argument, bound, top));
            }
            case JsonataNode.Step(JsonataNode left, List<JsonataNode> right) -> {
                readStates(left, right, bound);
                read(left, bound, top);
                right.forEach(part -> read(part, bound, false));
            }
            case JsonataNode.Block(List<JsonataNode> expressions) -> {
                Set<String> inner = new HashSet<>(bound);
                expressions.forEach(expression -> read(expression, inner, top));
            }
            case JsonataNode.Bind(String name, JsonataNode value) -> {
                // A function may call itself by the name that it is bound to.
                if (value instanceof JsonataNode.Lambda) {
                    bound.add(name);
                }
                read(value, bound, top);
                bound.add(name);
            }
            case JsonataNode.BindStep(JsonataNode left, String name) -> {
                read(left, bound, top);
                bound.add(name);
            }
            case JsonataNode.Lambda(List<String> parameters, JsonataNode body) -> {
                Set<String> inner = new HashSet<>(bound);
                inner.addAll(parameters);
                read(body, inner, top);
            }
            case JsonataNode.Transform transform -> {
                read(transform.pattern(), bound, false);
                read(transform.update(), bound, false);
                if (transform.delete() != null) {
                    read(transform.delete(), bound, false);
                }
            }
        }
    }

    private void readContext(String what, boolean top) {
        if (top) {
            atTopLevel.add(what);
        }
    }

    private void readStates(JsonataNode left, List<JsonataNode> right, Set<String> bound) {
        if (left instanceof JsonataNode.Variable(String name)
                && name.equals(STATES)
                && !bound.contains(name)
                && right.size() == 1
                && right.get(0) instanceof JsonataNode.Name(String member)) {
            ofStates.add(member);
        }
    }
}
