package dev.reprise.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.ItemReader;
import dev.reprise.asl.State;
import dev.reprise.execution.DataSetRequest;
import dev.reprise.execution.ErrorNames;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import org.jspecify.annotations.Nullable;

/** Where a distributed Map's items are read from. */
final class MapReader {

    /** AWS stops reading there. */
    private static final long MOST_ITEMS = 100_000_000;

    private final ItemReader reader;
    private final @Nullable Expression parameters;
    private final @Nullable NumberField maxItems;

    MapReader(State.Map state, ItemReader reader, String typeError, Compiler compiler) {
        this.reader = reader;
        this.parameters = compiler.template(state, reader.parameters(), "ItemReader/" + compiler.requestField(state));
        this.maxItems = NumberField.of(
                state, reader.config().maxItems(), "ItemReader/ReaderConfig/", "MaxItems", typeError, compiler);
    }

    /** Whether the items stand somewhere within a document, at {@code ItemsPointer}. */
    boolean hasPointer() {
        return reader.config().itemsPointer() != null;
    }

    DataSetRequest request(StateEnvironment environment) {
        JsonNode request =
                parameters == null ? JsonNodeFactory.instance.objectNode() : parameters.evaluate(environment);
        return request(request, maxItems == null ? null : count(maxItems, environment));
    }

    DataSetRequest request(JsonNode evaluated, @Nullable Long most) {
        return new DataSetRequest(reader.resource(), evaluated, reader.config(), most);
    }

    private static Long count(NumberField field, StateEnvironment environment) {
        long count = field.integer(environment);
        if (count < 0) {
            throw new EvaluationException(ErrorNames.ITEM_READER_FAILED, "field MaxItems must be positive", "MaxItems");
        }
        if (count > MOST_ITEMS) {
            throw new EvaluationException(
                    ErrorNames.ITEM_READER_FAILED, "field MaxItems must be at most " + MOST_ITEMS, "MaxItems");
        }
        return count;
    }
}
