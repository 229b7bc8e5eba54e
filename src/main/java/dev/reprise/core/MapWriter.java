package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.ResultWriter;
import dev.reprise.asl.State;
import dev.reprise.query.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a distributed Map's results: they stay in the output, in one of three forms, or are written elsewhere.
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
        this.parameters = writer == null ? null : compiler.template(state, writer.parameters(), "ResultWriter");
        this.transformation = Objects.requireNonNullElse(
                writer == null ? null : writer.transformation(), writes ? "NONE" : "COMPACT");
        this.outputType = Objects.requireNonNullElse(writer == null ? null : writer.outputType(), "JSON");
    }

    /** Whether the results are written elsewhere. */
    boolean writes() {
        return writes;
    }

    JsonNode request(StateEnvironment environment) {
        return parameters == null ? JsonNodeFactory.instance.objectNode() : parameters.evaluate(environment);
    }

    /** What is to be written. */
    MapResults results(FanOut fanOut, MapRun run, JsonNode request, ChildInputs inputs) {
        List<MapResults.Item> items = new ArrayList<>(fanOut.next());
        for (int i = 0; i < fanOut.next(); i++) {
            items.add(new MapResults.Item(i, run.childArn(i), inputs.of(i), fanOut.output(i), fanOut.error(i)));
        }
        return new MapResults(run.arn(), run.childStateMachineArn(), request, transformation, outputType, items);
    }

    /** What a child ran on. */
    interface ChildInputs {
        JsonNode of(int index);
    }

    /**
     * The state's result where nothing is written elsewhere.
     *
     * @param withErrors whether a child that failed gives its error
     */
    ArrayNode output(FanOut fanOut, boolean withErrors, MapRun run, ChildInputs inputs) {
        return switch (transformation) {
            case "FLATTEN" -> flat(fanOut.outputs(withErrors));
            case "NONE" -> {
                MapResults results = results(fanOut, run, JsonNodeFactory.instance.objectNode(), inputs);
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                results.items().stream()
                        .filter(item -> item.output() != null || (withErrors && item.error() != null))
                        .forEach(item -> all.add(results.describe(item)));
                yield all;
            }
            default -> fanOut.outputs(withErrors);
        };
    }

    private static ArrayNode flat(ArrayNode outputs) {
        ArrayNode flat = JsonNodeFactory.instance.arrayNode(outputs.size());
        for (JsonNode output : outputs) {
            if (output.isArray()) {
                output.forEach(flat::add);
            } else {
                flat.add(output);
            }
        }
        return flat;
    }
}
