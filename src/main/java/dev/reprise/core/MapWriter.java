package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.ResultWriter;
import dev.reprise.asl.State;
import dev.reprise.execution.StatesError;
import dev.reprise.query.Expression;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a distributed Map's results: they stay in the output, or are written elsewhere, in one of three forms.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">AWS, ResultWriter</a>
 */
final class MapWriter {

    private final @Nullable Expression parameters;
    private final boolean writes;
    private final String transformation;
    private final String outputType;

    MapWriter(State.Map state, @Nullable ResultWriter writer, Compiler compiler) {
        this.writes = writer != null && writer.resource() != null;
        this.parameters = writer == null
                ? null
                : compiler.template(state, writer.parameters(), "ResultWriter/" + compiler.requestField(state));
        this.transformation = Objects.requireNonNullElse(
                writer == null ? null : writer.transformation(), writes ? "NONE" : "COMPACT");
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
        if (transformation.equals("COMPACT")) {
            return fanOut.children.outputs(withErrors);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode(fanOut.children.total);
        for (int i = 0; i < fanOut.children.next(); i++) {
            StatesError error = fanOut.children.error(i);
            if (fanOut.children.output(i) != null || (withErrors && error != null && transformation.equals("NONE"))) {
                tell(children, i, all::add);
            } else if (withErrors && error != null) {
                all.add(GuardedBehaviour.errorOutput(error));
            }
        }
        return all;
    }
}
