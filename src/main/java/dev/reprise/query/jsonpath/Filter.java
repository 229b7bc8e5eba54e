package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import java.util.List;

/**
 * A question that a path asks of each element.
 *
 * @param alternatives it holds when all criteria of one of them do; tried in this order
 */
record Filter(List<List<Criterion>> alternatives) {

    Filter {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /** What comes of the question. */
    sealed interface Verdict {

        Verdict HOLDS = new Holds();
        Verdict HOLDS_NOT = new HoldsNot();

        record Holds() implements Verdict {}

        record HoldsNot() implements Verdict {}

        /** It cannot be asked of this value, which ends the path. */
        record Impossible(NoResult problem) implements Verdict {}

        static Verdict of(boolean holds) {
            return holds ? HOLDS : HOLDS_NOT;
        }
    }

    /**
     * Asks it.
     *
     * @param item {@code @}
     * @param root {@code $}
     */
    Verdict test(JsonNode item, JsonNode root, Fuel fuel) {
        for (List<Criterion> alternative : alternatives) {
            Verdict verdict = all(alternative, item, root, fuel);
            if (!(verdict instanceof Verdict.HoldsNot)) {
                return verdict;
            }
        }
        return Verdict.HOLDS_NOT;
    }

    private static Verdict all(List<Criterion> criteria, JsonNode item, JsonNode root, Fuel fuel) {
        for (Criterion criterion : criteria) {
            fuel.burn(1);
            Verdict verdict = criterion.test(item, root, fuel);
            if (!(verdict instanceof Verdict.Holds)) {
                return verdict;
            }
        }
        return Verdict.HOLDS;
    }
}
