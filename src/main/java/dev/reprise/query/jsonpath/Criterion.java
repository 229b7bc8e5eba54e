package dev.reprise.query.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.reprise.query.Fuel;
import dev.reprise.query.jsonpath.Filter.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the questions of a filter. */
sealed interface Criterion {

    /**
     * Asks it.
     *
     * @param item {@code @}
     * @param root {@code $}
     */
    Verdict test(JsonNode item, JsonNode root, Fuel fuel);

    /**
     * Whether there is something at a path other than null: {@code @.a}, or {@code !@.a}.
     *
     * @param path followed from the item, even where it starts with {@code $}
     */
    record Exists(DefiniteSelector path, List<String> members, boolean wanted) implements Criterion {

        @Override
        public Verdict test(JsonNode item, JsonNode root, Fuel fuel) {
            JsonNode value = path.select(item, fuel);
            if (value != null) {
                boolean there = !value.isNull() && members.stream().allMatch(value::has);
                return Verdict.of(there == wanted);
            }
            NoResult nothing = path.nothing(item, fuel);
            return nothing.wrong() ? new Verdict.Impossible(nothing) : Verdict.of(!wanted);
        }
    }

    /** Two values compared. */
    record Compares(Operand left, ComparisonSign sign, Operand right) implements Criterion {

        @Override
        public Verdict test(JsonNode item, JsonNode root, Fuel fuel) {
            JsonNode value = value(left, item, root, fuel);
            if (value == null) {
                return nothing(left, item, root, fuel);
            }
            JsonNode expected = value(right, item, root, fuel);
            if (expected == null) {
                return nothing(right, item, root, fuel);
            }
            if (sign.orders() && value.isNull() != expected.isNull()) {
                return Verdict.HOLDS_NOT;
            }
            if (left instanceof Operand.Selected && left.equals(right)) {
                return Verdict.of(sign.accepts(0));
            }
            return switch (Comparing.compare(expected, value, fuel)) {
                case Comparing.Order(int order) -> Verdict.of(sign.accepts(order));
                case Comparing.Incomparable incomparable -> Verdict.HOLDS_NOT;
                case Comparing.NotANumber(String text) ->
                    new Verdict.Impossible(NoResult.wrong(unused -> "A number cannot be compared with '" + text + "'"));
            };
        }

        /** A pattern is a value that compares with none; null where a path selects nothing. */
        private static @Nullable JsonNode value(Operand operand, JsonNode item, JsonNode root, Fuel fuel) {
            return switch (operand) {
                case Operand.Text(JsonNode text) -> text;
                case Operand.Pattern pattern -> MissingNode.getInstance();
                case Operand.Selected path -> path.select(item, root, fuel);
            };
        }
    }

    /** {@code =~}: a value matched with a pattern, whichever stands on which side. */
    record Matches(Operand left, Operand right) implements Criterion {

        @Override
        public Verdict test(JsonNode item, JsonNode root, Fuel fuel) {
            Operand other = left instanceof Operand.Pattern ? right : left;
            Operand expression = left instanceof Operand.Pattern ? left : right;
            JsonNode value = Compares.value(other, item, root, fuel);
            if (value == null) {
                return nothing(other, item, root, fuel);
            }
            return switch (expression) {
                case Operand.Pattern(RegularExpression pattern) ->
                    Verdict.of(!value.isNull() && pattern.matches(JavaText.of(value, fuel), fuel));
                case Operand.Selected path
                when path.select(item, root, fuel) == null -> nothing(path, item, root, fuel);
                case Operand.Selected path -> noPattern();
                case Operand.Text text -> noPattern();
            };
        }

        private static Verdict noPattern() {
            return new Verdict.Impossible(
                    NoResult.wrong(fuel -> "A value is matched with what is no regular expression; write /…/"));
        }
    }

    private static Verdict nothing(Operand operand, JsonNode item, JsonNode root, Fuel fuel) {
        return switch (operand) {
            case Operand.Selected path -> path.nothing(item, root, fuel);
            case Operand.Text text -> Verdict.HOLDS_NOT;
            case Operand.Pattern pattern -> Verdict.HOLDS_NOT;
        };
    }
}
