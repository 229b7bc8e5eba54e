package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.query.Fuel;
import org.jspecify.annotations.Nullable;

/** What stands on a side of a criterion. */
sealed interface Operand {

    /** A text, with or without quotes. Against a number it is a number, against a boolean a boolean. */
    record Text(TextNode value) implements Operand {}

    /** {@code /pattern/} or {@code /pattern/i}. */
    record Pattern(RegularExpression pattern) implements Operand {}

    /**
     * A value that a definite path selects.
     *
     * @param ofRoot whether from {@code $}, else from {@code @}
     */
    record Selected(DefiniteSelector path, boolean ofRoot) implements Operand {

        private JsonNode start(JsonNode item, JsonNode root) {
            return ofRoot ? root : item;
        }

        @Nullable
        JsonNode select(JsonNode item, JsonNode root, Fuel fuel) {
            return path.select(start(item, root), fuel);
        }

        /** What becomes of a criterion for which {@link #select} gave null. */
        Filter.Verdict nothing(JsonNode item, JsonNode root, Fuel fuel) {
            NoResult nothing = path.nothing(start(item, root), fuel);
            return nothing.wrong() ? new Filter.Verdict.Impossible(nothing) : Filter.Verdict.HOLDS_NOT;
        }
    }
}
