package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.jsonata.Draft.Kind;
import dev.reprise.query.jsonata.base.SyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes flat paths of nested dots, predicates, groupings and orders, as the reference implementation does after it has
 * parsed; {@link Ancestry} finds what each {@code %} stands for.
 */
final class Planner {

    private final Ancestry ancestry = new Ancestry();

    private Planner() {}

    /**
     * Plans a whole expression.
     *
     * @throws SyntaxException when its parts do not go together
     */
    static Draft plan(Draft parsed) {
        Draft planned = new Planner().planned(parsed);
        if (planned.kind == Kind.PARENT || !planned.seeking.isEmpty()) {
            throw Ancestry.noParent();
        }
        return planned;
    }

    private Draft planned(Draft draft) {
        Draft result = switch (draft.kind) {
            case DOT -> dots(draft);
            case FILTER -> filter(draft);
            case GROUP -> group(draft);
            case ORDER -> order(draft);
            case FOCUS -> focus(draft);
            case INDEX -> index(draft);
            case OPERATION -> operation(draft);
            case NEGATION -> negation(draft);
            case NAME, WORD -> name(draft);
            case PARENT -> {
                draft.slot = ancestry.slot();
                yield draft;
            }
            case LAMBDA -> lambda(draft);
            case APPLY -> {
                parts(draft, false);
                draft.keepArray |= draft.part(0).keepArray || draft.part(1).keepArray;
                yield draft;
            }
            case CALL, PARTIAL -> {
                parts(draft, false);
                draft.parts.stream().skip(1).forEach(argument -> Ancestry.pass(draft, argument));
                yield draft;
            }
            case TRANSFORM -> parts(draft, false);
            case BLOCK -> block(draft);
            case ARRAY, OBJECT, BIND, CONDITION -> parts(draft, true);
            case LITERAL, VARIABLE, PATTERN, OPEN, WILDCARD, DESCENDANTS -> draft;
            case PATH, SORT, LAST_CALL -> throw new IllegalStateException("Planned twice: " + draft.kind);
            case END -> throw new SyntaxException("Unexpected end of expression");
        };
        result.keepArray |= draft.keepArray;
        return result;
    }

    private Draft parts(Draft draft, boolean seek) {
        draft.parts.replaceAll(this::planned);
        if (seek) {
            draft.parts.forEach(part -> Ancestry.pass(draft, part));
        }
        draft.pairs.replaceAll(pair -> {
            Draft.Pair planned = new Draft.Pair(planned(pair.name()), planned(pair.value()));
            Ancestry.pass(draft, planned.name());
            Ancestry.pass(draft, planned.value());
            return planned;
        });
        return draft;
    }

    /** The operands of operators in a row, which hang on one another to the left. */
    private static List<Draft> row(Draft draft) {
        List<Draft> row = new ArrayList<>();
        Draft left = draft;
        while (left.kind == draft.kind && !left.keepArray) {
            row.add(left);
            left = left.part(0);
        }
        return row.reversed();
    }

    private Draft operation(Draft draft) {
        Draft result = new Draft(Kind.OPERATION, "");
        for (Draft operation : row(draft)) {
            if (result.parts.isEmpty()) {
                result.parts.add(planned(operation.part(0)));
                Ancestry.pass(result, result.part(0));
            }
            Draft right = planned(operation.part(1));
            Ancestry.pass(result, right);
            Draft link = new Draft(Kind.OPERATION, operation.text);
            link.parts.add(right);
            result.parts.add(link);
        }
        return result;
    }

    private Draft negation(Draft draft) {
        Draft operand = planned(draft.part(0));
        if (operand.kind == Kind.LITERAL
                && operand.value != null
                && operand.value.isNumber()
                && operand.predicates.isEmpty()) {
            operand.value = Values.number(-operand.value.doubleValue());
            return operand;
        }
        draft.parts.set(0, operand);
        Ancestry.pass(draft, operand);
        return draft;
    }

    private static Draft name(Draft draft) {
        draft.kind = Kind.NAME;
        Draft path = pathOf(draft);
        path.keepSingleton = draft.keepArray;
        return path;
    }

    private static Draft pathOf(Draft step) {
        Draft path = new Draft(Kind.PATH, "");
        path.parts.add(step);
        return path;
    }

    private Draft dots(Draft draft) {
        Draft result = null;
        for (Draft dot : row(draft)) {
            if (result == null) {
                Draft first = planned(dot.part(0));
                result = first.kind == Kind.PATH ? first : pathOf(first);
                if (first.kind == Kind.PARENT && first.slot != null) {
                    result.seeking.add(first.slot);
                }
                result.parts.forEach(Planner::asStep);
            }
            int before = result.parts.size();
            addSteps(result, planned(dot.part(1)));
            result.parts.subList(before, result.parts.size()).forEach(Planner::asStep);
            for (Draft step : before == 1 ? result.parts : result.parts.subList(before, result.parts.size())) {
                result.keepSingleton |= step.keepArray;
            }
            if (result.part(0).kind == Kind.ARRAY) {
                result.part(0).constructed = true;
            }
            if (result.last().kind == Kind.ARRAY) {
                result.last().constructed = true;
            }
            Ancestry.resolve(result);
        }
        if (result == null) {
            throw new IllegalStateException("A dot without operands");
        }
        return result;
    }

    private static void addSteps(Draft path, Draft rest) {
        if (rest.kind == Kind.PATH) {
            path.parts.addAll(rest.parts);
        } else {
            rest.predicates.forEach(predicate -> rest.stages.add(new Draft.Stage(predicate, null)));
            rest.predicates.clear();
            path.parts.add(rest);
        }
    }

    /** A text is a name where a step stands; other literals are none. */
    private static void asStep(Draft step) {
        JsonNode literal = step.kind == Kind.LITERAL ? step.value : null;
        if (literal == null) {
            return;
        }
        if (!literal.isTextual()) {
            throw new SyntaxException(
                    "The literal value " + literal + " cannot be used as a step within a path expression");
        }
        step.kind = Kind.NAME;
        step.text = literal.textValue();
    }

    private Draft filter(Draft draft) {
        Draft result = planned(draft.part(0));
        Draft step = result.kind == Kind.PATH ? result.last() : result;
        if (step.group != null) {
            throw new SyntaxException("A predicate cannot follow a grouping expression in a step");
        }
        Draft predicate = planned(draft.part(1));
        Ancestry.resolveInPredicate(step, predicate);
        if (result.kind == Kind.PATH) {
            step.stages.add(new Draft.Stage(predicate, null));
        } else {
            step.predicates.add(predicate);
        }
        return result;
    }

    private Draft group(Draft draft) {
        Draft result = planned(draft.part(0));
        if (result.group != null) {
            throw new SyntaxException("Each step can only have one grouping expression");
        }
        result.group = draft.pairs.stream()
                .map(pair -> new Draft.Pair(planned(pair.name()), planned(pair.value())))
                .toList();
        return result;
    }

    private Draft order(Draft draft) {
        Draft left = planned(draft.part(0));
        Draft result = left.kind == Kind.PATH ? left : pathOf(left);
        Draft sort = new Draft(Kind.SORT, "^");
        for (Draft term : draft.parts.subList(1, draft.parts.size())) {
            Draft planned = planned(term);
            Draft place = new Draft(Kind.SORT, "");
            place.parts.add(planned);
            place.descending = term.descending;
            sort.parts.add(place);
            Ancestry.pass(sort, planned);
        }
        result.parts.add(sort);
        Ancestry.resolve(result);
        return result;
    }

    private Draft focus(Draft draft) {
        Draft result = planned(draft.part(0));
        Draft step = result.kind == Kind.PATH ? result.last() : result;
        if (!step.stages.isEmpty() || !step.predicates.isEmpty()) {
            throw new SyntaxException("A context variable binding must precede any predicates on a step");
        }
        if (step.kind == Kind.SORT) {
            throw new SyntaxException("A context variable binding must precede the 'order-by' clause on a step");
        }
        step.keepArray |= draft.keepArray;
        step.focus = draft.text;
        step.tuple = true;
        return result;
    }

    private Draft index(Draft draft) {
        Draft left = planned(draft.part(0));
        Draft result = left;
        Draft step = left;
        if (left.kind == Kind.PATH) {
            step = left.last();
        } else {
            result = new Draft(Kind.PATH, "");
            addSteps(result, left);
        }
        if (step.stages.isEmpty()) {
            step.index = draft.text;
        } else {
            step.stages.add(new Draft.Stage(null, draft.text));
        }
        step.tuple = true;
        return result;
    }

    private Draft block(Draft draft) {
        parts(draft, true);
        for (Draft part : draft.parts) {
            draft.constructed |= part.constructed || (part.kind == Kind.PATH && part.part(0).constructed);
        }
        return draft;
    }

    private Draft lambda(Draft draft) {
        int body = draft.parts.size() - 1;
        draft.parts.set(body, lastCall(planned(draft.part(body))));
        return draft;
    }

    /** A call that ends a function is left to whoever called the function. */
    private static Draft lastCall(Draft draft) {
        boolean bare = draft.predicates.isEmpty() && draft.group == null && !draft.keepArray;
        if (!bare) {
            return draft;
        }
        switch (draft.kind) {
            case CALL -> {
                Draft last = new Draft(Kind.LAST_CALL, "");
                last.parts.add(draft);
                return last;
            }
            case CONDITION -> {
                for (int i = 1; i < draft.parts.size(); i++) {
                    draft.parts.set(i, lastCall(draft.part(i)));
                }
            }
            case BLOCK -> {
                if (!draft.parts.isEmpty()) {
                    draft.parts.set(draft.parts.size() - 1, lastCall(draft.last()));
                }
            }
            case LITERAL,
                    NAME,
                    VARIABLE,
                    PATTERN,
                    WORD,
                    OPEN,
                    WILDCARD,
                    DESCENDANTS,
                    PARENT,
                    NEGATION,
                    ARRAY,
                    OBJECT,
                    OPERATION,
                    DOT,
                    FILTER,
                    GROUP,
                    ORDER,
                    BIND,
                    FOCUS,
                    INDEX,
                    PARTIAL,
                    LAMBDA,
                    LAST_CALL,
                    APPLY,
                    TRANSFORM,
                    PATH,
                    SORT,
                    END -> {}
        }
        return draft;
    }
}
