package dev.reprise.query.jsonata;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an expression reads, found without evaluating it.
 *
 * @param variables names of variables that it does not bind itself, without {@code states} and the functions that there
 * are
 * @param atTopLevel what it reads from a context value where there is none: bare names, {@code $}, {@code $$},
 * wildcards
 * @param ofStates the members of {@code $states} that it reads by name
 */
public record JsonataReferences(Set<String> variables, Set<String> atTopLevel, Set<String> ofStates) {

    private static final String STATES = "states";

    /** Variables bound in a block or function, within the one around it: many of both cost no copies. */
    private record Scope(@Nullable Scope outer, Set<String> names) {
        Scope(@Nullable Scope outer) {
            this(outer, new HashSet<>());
        }

        void add(String name) {
            names.add(name);
        }

        boolean contains(String name) {
            for (Scope at = this; at != null; at = at.outer) {
                if (at.names.contains(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Reads an expression.
     *
     * @param expression what stands between the delimiters
     * @throws IllegalArgumentException when it is not well-formed; its message is the reference implementation's, which
     * AWS gives too
     */
    public static JsonataReferences of(String expression) {
        JsonataReferences references =
                new JsonataReferences(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        references.read(Builder.compile(expression.strip()), new Scope(null), true);
        return references;
    }

    /**
     * Collects what {@code node} reads.
     *
     * @param bound variables bound so far in this block; binding adds to it
     * @param top whether there is no context value
     */
    private void read(Node node, Scope bound, boolean top) {
        switch (node) {
            case Node.Literal literal -> {}
            case Node.Regex regex -> {}
            case Node.Name(String name) -> readContext(name, top);
            case Node.Wildcard wildcard -> readContext("*", top);
            case Node.Descendants descendants -> readContext("**", top);
            case Node.Parent parent -> readContext("%", top);
            case Node.Variable(String name) -> readVariable(name, bound, top);
            case Node.Path path -> readPath(path, bound, top);
            case Node.Negation(Node operand) -> read(operand, bound, top);
            case Node.ArrayOf array -> array.items().forEach(item -> read(item, bound, top));
            case Node.ObjectOf object -> readGroup(object.group(), bound, top);
            case Node.Operation operation -> {
                read(operation.first(), bound, top);
                operation.links().forEach(link -> read(link.right(), bound, top));
            }
            case Node.Condition condition -> {
                read(condition.condition(), bound, top);
                read(condition.then(), bound, top);
                readOptional(condition.otherwise(), bound, top);
            }
            case Node.Block(List<Node> expressions) -> {
                Scope inner = new Scope(bound);
                expressions.forEach(expression -> read(expression, inner, top));
            }
            case Node.Bind(String name, Node value) -> {
                // A function may call itself by the name that it is bound to.
                if (value instanceof Node.Lambda) {
                    bound.add(name);
                }
                read(value, bound, top);
                bound.add(name);
            }
            case Node.Call call -> {
                read(call.procedure(), bound, top);
                call.arguments().forEach(argument -> read(argument, bound, top));
            }
            case Node.LastCall(Node.Call call) -> read(call, bound, top);
            case Node.PartialCall call -> {
                read(call.procedure(), bound, top);
                call.arguments().forEach(argument -> readOptional(argument, bound, top));
            }
            case Node.Lambda lambda -> {
                Scope inner = new Scope(bound);
                lambda.parameters().forEach(inner::add);
                read(lambda.body(), inner, top);
            }
            case Node.Apply(Node value, Node function) -> {
                read(value, bound, top);
                read(function, bound, top);
            }
            case Node.Transform transform -> {
                read(transform.pattern(), bound, false);
                read(transform.update(), bound, false);
                readOptional(transform.delete(), bound, false);
            }
            case Node.Sort(List<Node.Term> terms) -> terms.forEach(term -> read(term.expression(), bound, false));
            case Node.Refined refined -> {
                read(refined.inner(), bound, top);
                refined.predicates().forEach(predicate -> read(predicate, bound, false));
                Node.Group group = refined.group();
                if (group != null) {
                    readGroup(group, bound, false);
                }
            }
        }
    }

    private void readOptional(@Nullable Node node, Scope bound, boolean top) {
        if (node != null) {
            read(node, bound, top);
        }
    }

    private void readContext(String what, boolean top) {
        if (top) {
            atTopLevel.add(what);
        }
    }

    private void readVariable(String name, Scope bound, boolean top) {
        if (name.isEmpty()) {
            readContext("$", top);
        } else if (name.equals("$")) {
            // The root is never there, however deep the place from which it is asked for.
            readContext("$$", true);
        } else if (!bound.contains(name) && !name.equals(STATES) && !Library.isFunction(name)) {
            variables.add(name);
        }
    }

    private void readPath(Node.Path path, Scope bound, boolean top) {
        List<Node.Step> steps = path.steps();
        if (steps.size() > 1
                && steps.get(0).expression() instanceof Node.Variable(String name)
                && name.equals(STATES)
                && !bound.contains(name)
                && steps.get(1).expression() instanceof Node.Name(String member)) {
            ofStates.add(member);
        }
        boolean first = true;
        for (Node.Step step : steps) {
            read(step.expression(), bound, top && first);
            first = false;
            if (step.focus() != null) {
                bound.add(step.focus());
            }
            if (step.index() != null) {
                bound.add(step.index());
            }
            for (Node.Stage stage : step.stages()) {
                switch (stage) {
                    case Node.Stage.Filter(Node predicate) -> read(predicate, bound, false);
                    case Node.Stage.Index(String name) -> bound.add(name);
                }
            }
        }
        Node.Group group = path.group();
        if (group != null) {
            readGroup(group, bound, false);
        }
    }

    private void readGroup(Node.Group group, Scope bound, boolean top) {
        for (Node.Pair pair : group.pairs()) {
            read(pair.name(), bound, top);
            read(pair.value(), bound, top);
        }
    }
}
