package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.reprise.query.jsonata.Draft.Kind;
import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles an expression: keeps of a planned draft what is evaluated. */
final class Builder {

    private Builder() {}

    /**
     * Compiles {@code text}.
     *
     * @throws SyntaxException when it is no expression
     */
    static Node compile(String text) {
        return node(Planner.plan(Parser.parse(text)));
    }

    private static Node node(Draft draft) {
        Node bare = bare(draft);
        Node.@Nullable Group group = draft.kind == Kind.PATH ? null : group(draft.group);
        if (draft.predicates.isEmpty() && group == null && !draft.keepArray) {
            return bare;
        }
        return new Node.Refined(bare, nodes(draft.predicates), group, draft.keepArray);
    }

    private static List<Node> nodes(List<Draft> drafts) {
        List<Node> nodes = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            nodes.add(node(draft));
        }
        return List.copyOf(nodes);
    }

    private static Node bare(Draft draft) {
        return switch (draft.kind) {
            case LITERAL -> new Node.Literal(literal(draft));
            case NAME -> new Node.Name(draft.text);
            case VARIABLE -> new Node.Variable(draft.text);
            case PATTERN -> new Node.Regex(PatternValue.compile(draft.text));
            case WILDCARD -> new Node.Wildcard();
            case DESCENDANTS -> new Node.Descendants();
            case PARENT -> new Node.Parent(draft.slot == null ? "" : draft.slot.label);
            case NEGATION -> new Node.Negation(node(draft.part(0)));
            case ARRAY -> new Node.ArrayOf(nodes(draft.parts), draft.constructed);
            case OBJECT -> new Node.ObjectOf(new Node.Group(pairs(draft.pairs)));
            case OPERATION -> operation(draft);
            case CONDITION ->
                new Node.Condition(
                        node(draft.part(0)), node(draft.part(1)), draft.parts.size() > 2 ? node(draft.part(2)) : null);
            case BLOCK -> new Node.Block(nodes(draft.parts));
            case BIND -> new Node.Bind(draft.text, node(draft.part(0)));
            case CALL -> call(draft);
            case PARTIAL -> partial(draft);
            case LAST_CALL -> new Node.LastCall(call(draft.part(0)));
            case LAMBDA -> lambda(draft);
            case APPLY -> new Node.Apply(node(draft.part(0)), node(draft.part(1)));
            case TRANSFORM ->
                new Node.Transform(
                        node(draft.part(0)), node(draft.part(1)), draft.parts.size() > 2 ? node(draft.part(2)) : null);
            case PATH -> path(draft);
            case SORT -> sort(draft);
            case WORD, OPEN, DOT, FILTER, GROUP, ORDER, FOCUS, INDEX, END ->
                throw new SyntaxException("Syntax error: \"" + draft.text + "\"");
        };
    }

    // Loops, not streams, whose frames would fill the stack at every level.
    private static Node sort(Draft draft) {
        List<Node.Term> terms = new ArrayList<>(draft.parts.size());
        for (Draft term : draft.parts) {
            terms.add(new Node.Term(term.descending, node(term.part(0))));
        }
        return new Node.Sort(List.copyOf(terms));
    }

    private static JsonNode literal(Draft draft) {
        return draft.value == null ? NullNode.getInstance() : draft.value;
    }

    private static Node operation(Draft draft) {
        List<Node.Link> links = new ArrayList<>(draft.parts.size());
        for (Draft link : draft.parts.subList(1, draft.parts.size())) {
            links.add(new Node.Link(Operator.of(link.text), node(link.part(0))));
        }
        return new Node.Operation(node(draft.part(0)), List.copyOf(links));
    }

    private static Node.Call call(Draft draft) {
        Draft procedure = draft.part(0);
        return new Node.Call(
                node(procedure),
                name(procedure),
                procedure.kind == Kind.PATH,
                nodes(draft.parts.subList(1, draft.parts.size())));
    }

    private static Node partial(Draft draft) {
        Draft procedure = draft.part(0);
        List<@Nullable Node> arguments = new ArrayList<>();
        for (Draft argument : draft.parts.subList(1, draft.parts.size())) {
            arguments.add(argument.kind == Kind.OPEN ? null : node(argument));
        }
        return new Node.PartialCall(node(procedure), name(procedure), procedure.kind == Kind.PATH, arguments);
    }

    private static @Nullable String name(Draft procedure) {
        return switch (procedure.kind) {
            case VARIABLE -> procedure.text;
            case PATH -> procedure.part(0).kind == Kind.NAME ? procedure.part(0).text : null;
            default -> null;
        };
    }

    private static Node lambda(Draft draft) {
        int body = draft.parts.size() - 1;
        return new Node.Lambda(
                draft.parts.stream()
                        .limit(body)
                        .map(parameter -> parameter.text)
                        .toList(),
                draft.signature,
                node(draft.part(body)));
    }

    private static Node path(Draft draft) {
        List<Node.Step> steps = new ArrayList<>(draft.parts.size());
        for (Draft part : draft.parts) {
            steps.add(step(part));
        }
        return new Node.Path(
                List.copyOf(steps),
                draft.keepSingleton,
                steps.stream().anyMatch(Node.Step::tuple),
                draft.tuple,
                group(draft.group));
    }

    private static Node.Step step(Draft draft) {
        List<Node.Stage> stages = new ArrayList<>(draft.stages.size());
        for (Draft.Stage stage : draft.stages) {
            Draft predicate = stage.predicate();
            stages.add(
                    predicate != null
                            ? new Node.Stage.Filter(node(predicate))
                            : new Node.Stage.Index(String.valueOf(stage.index())));
        }
        return new Node.Step(
                node(draft),
                List.copyOf(stages),
                draft.focus,
                draft.index,
                draft.ancestor == null ? null : draft.ancestor.label,
                draft.tuple,
                draft.constructed);
    }

    private static Node.@Nullable Group group(@Nullable List<Draft.Pair> pairs) {
        return pairs == null ? null : new Node.Group(pairs(pairs));
    }

    private static List<Node.Pair> pairs(List<Draft.Pair> pairs) {
        List<Node.Pair> built = new ArrayList<>(pairs.size());
        for (Draft.Pair pair : pairs) {
            built.add(new Node.Pair(node(pair.name()), node(pair.value())));
        }
        return List.copyOf(built);
    }
}
