package dev.reprise.asl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * How data enters and leaves a state. Which form a state has follows from its query language.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html">AWS,
 *     Processing input and output</a>
 */
public sealed interface DataFlow {

    /** {@code Assign}: a template whose members become variables when the state is left; null when absent. */
    @Nullable
    ObjectNode assign();

    /**
     * The five stages of a JSONPath state, in the order in which they apply.
     *
     * @param inputPath default {@code "$"}; null when the file says null (the state then sees an empty object)
     * @param parameters payload template of the effective input; null when absent
     * @param resultSelector payload template over the raw result; null when absent
     * @param resultPath reference path where the result goes, default {@code "$"}; null when the file says null (the
     *     result is dropped)
     * @param outputPath default {@code "$"}; null when the file says null (the output is then an empty object)
     */
    record JsonPathFlow(
            @Nullable String inputPath,
            @Nullable JsonNode parameters,
            @Nullable JsonNode resultSelector,
            @Nullable String resultPath,
            @Nullable String outputPath,
            @Nullable ObjectNode assign)
            implements DataFlow {
        /** What a state has that names none of the fields. */
        public static final JsonPathFlow DEFAULT = new JsonPathFlow("$", null, null, "$", "$", null);
    }

    /**
     * The two stages of a JSONata state.
     *
     * @param arguments template of what the state works on; null when absent (the state's input)
     * @param output template of what the state gives; null when absent (its result, or its input where it has none)
     */
    record JsonataFlow(
            @Nullable JsonNode arguments,
            @Nullable JsonNode output,
            @Nullable ObjectNode assign) implements DataFlow {
        /** What a state has that names none of the fields. */
        public static final JsonataFlow DEFAULT = new JsonataFlow(null, null, null);
    }
}
