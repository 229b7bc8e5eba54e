package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.ItemProcessor;
import dev.reprise.asl.ResultWriter;
import dev.reprise.asl.State;
import dev.reprise.execution.StatesError;
import dev.reprise.query.Expression;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a distributed Map's results: they stay in the output, or are written elsewhere, in one of three
 * forms.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">AWS,
 *     ResultWriter</a>
 */
final class MapWriter {

    private final @Nullable Expression parameters;
    private final boolean writes;
    private final String transformation;
    private final String outputType;

    /**
     * Whether a failed child that is tolerated takes its place among the results, as AWS has it of a distributed Map.
     */
    private final boolean tellsFailures;

    MapWriter(State.Map state, @Nullable ResultWriter writer, Compiler compiler) {
        this.writes = writer != null && writer.resource() != null;
        this.parameters = writer == null
                ? null
                : compiler.template(state, writer.parameters(), "ResultWriter/" + compiler.requestField(state));
        this.transformation = Objects.requireNonNullElse(
                writer == null ? null : writer.transformation(), writes ? "NONE" : "COMPACT");
        this.tellsFailures = state.processor().mode() == ItemProcessor.Mode.DISTRIBUTED
                && !state.completion().isGiven();
        this.outputType = Objects.requireNonNullElse(writer == null ? null : writer.outputType(), "JSON");
    }

    /** Whether the results are written elsewhere. */
    boolean writes() {
        return writes;
    }

    /** Whether children may have to be described: in files those that failed are, whatever the form. */
    boolean describes() {
        return writes || transformation.equals("NONE");
    }

    String outputType() {
        return outputType;
    }

    JsonNode request(StateEnvironment environment) {
        return parameters == null ? JsonNodeFactory.instance.objectNode() : parameters.evaluate(environment);
    }

    /** Gives {@code out} what a file tells of a child. */
    void tell(ChildRecords children, int index, Consumer<JsonNode> out) {
        JsonNode output = children.fanOut().children.output(index);
        if (output == null || transformation.equals("NONE")) {
            out.accept(children.of(index));
        } else if (transformation.equals("FLATTEN") && output.isArray()) {
            output.forEach(out);
        } else {
            out.accept(output);
        }
    }

    /**
     * The state's result where nothing is written elsewhere.
     *
     * @param withErrors whether a child that failed gives its error
     */
    ArrayNode output(ChildRecords children, boolean withErrors) {
        FanOut fanOut = children.fanOut();
        if (transformation.equals("COMPACT") && !tellsFailures) {
            return fanOut.children.outputs(withErrors);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode(fanOut.children.total);
        for (int i = 0; i < fanOut.children.next(); i++) {
            StatesError error = fanOut.children.error(i);
            boolean failed = error != null && (withErrors || tellsFailures);
            if (fanOut.children.output(i) != null || (failed && transformation.equals("NONE"))) {
                tell(children, i, all::add);
            } else if (error != null && failed) {
                all.add(tellsFailures ? failure(error) : GuardedBehaviour.errorOutput(error));
            }
        }
        return all;
    }

    private static ObjectNode failure(StatesError error) {
        return History.object().put("Status", "FAILED").setAll(GuardedBehaviour.errorOutput(error));
    }
}
