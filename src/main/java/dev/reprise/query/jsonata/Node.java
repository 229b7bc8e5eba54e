package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as it is evaluated. Paths are flat: {@code a.b[0]^(c)} is one {@link Path} of three steps. Everything
 * in it is immutable and may be shared by threads.
 */
sealed interface Node {

    /** A string, number, boolean or null. */
    record Literal(JsonNode value) implements Node {}

    /** A bare name: a member of the context value. */
    record Name(String name) implements Node {}

    /** {@code *}: every member. */
    record Wildcard() implements Node {}

    /** {@code **}: the value and all below it. */
    record Descendants() implements Node {}

    /** {@code %}: the value that the step read which is marked with {@code label}. */
    record Parent(String label) implements Node {}

    /** {@code $name}; {@code $} has the empty name, {@code $$} the name {@code $}. */
    record Variable(String name) implements Node {}

    /** {@code /pattern/flags}. */
    record Regex(PatternValue pattern) implements Node {}

    /**
     * Steps, each of which is evaluated for every value that the one before it found.
     *
     * @param keepArray whether a single value that is found stays in an array
     * @param tuples whether a step binds variables, so that values carry them along
     * @param keepTuples whether the path around this one needs what was bound
     * @param group what the values are grouped by; null for nothing
     */
    record Path(
            List<Step> steps,
            boolean keepArray,
            boolean tuples,
            boolean keepTuples,
            @Nullable Group group) implements Node {}

    /** {@code -operand}. */
    record Negation(Node operand) implements Node {}

    /** {@code [a, b]}; {@code constructed} where it begins or ends a path, which then does not flatten it. */
    record ArrayOf(List<Node> items, boolean constructed) implements Node {}

    /** <code>{"name": value}</code>. */
    record ObjectOf(Group group) implements Node {}

    /**
     * {@code first + second - third}: operators that bind equally or to the left, from left to right, so that a long
     * sum is not deep.
     */
    record Operation(Node first, List<Link> links) implements Node {}

    /** {@code condition ? then : otherwise}. */
    record Condition(Node condition, Node then, @Nullable Node otherwise) implements Node {}

    /** {@code (a; b)}: the last one's value; variables bound inside are not seen outside. */
    record Block(List<Node> expressions) implements Node {}

    /** {@code $name := value}. */
    record Bind(String name, Node value) implements Node {}

    /**
     * {@code procedure(arguments)}.
     *
     * @param name what the function is called, for errors; null when it has no name
     * @param bare whether the name lacks its {@code $}
     */
    record Call(Node procedure, @Nullable String name, boolean bare, List<Node> arguments) implements Node {}

    /** A call that ends a function's body. */
    record LastCall(Call call) implements Node {}

    /** {@code procedure(?, b)}: a function of the arguments that are left open, which are null here. */
    record PartialCall(Node procedure, @Nullable String name, boolean bare, List<@Nullable Node> arguments)
            implements Node {}

    /** {@code function($a, $b)<signature> { body }}. */
    record Lambda(List<String> parameters, @Nullable Signature signature, Node body) implements Node {}

    /** {@code value ~> function}. */
    record Apply(Node value, Node function) implements Node {}

    /** <code>|pattern|update, delete|</code>. */
    record Transform(Node pattern, Node update, @Nullable Node delete) implements Node {}

    /** {@code ^(>a, b)} as a step. */
    record Sort(List<Term> terms) implements Node {}

    /** An expression that is no step, with predicates, a grouping, or {@code []} behind it. */
    record Refined(
            Node inner, List<Node> predicates, @Nullable Group group, boolean keepArray) implements Node {}

    /** What follows on the first operand of an operation. */
    record Link(Operator operator, Node right) {}

    /** One of the terms to sort by. */
    record Term(boolean descending, Node expression) {}

    /** Pairs of an object: values that give the same name are collected under it. */
    record Group(List<Pair> pairs) {}

    /** A name and its value. */
    record Pair(Node name, Node value) {}

    /**
     * One step of a path.
     *
     * @param stages predicates and positions, in their order
     * @param focus the variable that the value is bound to while the context stays, as by {@code @$name}; null for none
     * @param index the variable that its position is bound to, as by {@code #$name}; null for none
     * @param ancestor the label under which {@code %} finds the value that the step was applied to; null when none asks
     * for it
     * @param tuple whether the values carry variables from here on
     * @param constructed whether it is an array that is written out
     */
    record Step(
            Node expression,
            List<Stage> stages,
            @Nullable String focus,
            @Nullable String index,
            @Nullable String ancestor,
            boolean tuple,
            boolean constructed) {}

    /** What happens to the values that a step found. */
    sealed interface Stage {

        /** {@code [predicate]}. */
        record Filter(Node predicate) implements Stage {}

        /** {@code #$name} behind a predicate. */
        record Index(String name) implements Stage {}
    }
}
