package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ItemReader's {@code Parameters} or {@code Arguments} ask of S3. One that would be passed over in silence is
 * refused instead.
 */
record ReaderArguments(JsonNode values) {

    /**
     * The arguments of one API.
     *
     * @param known those that are followed, or that change nothing here, such as the size of a page
     * @throws DataSetException when there is another
     */
    static ReaderArguments of(JsonNode values, List<String> known) {
        values.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new DataSetException(
                        "The ItemReader's '" + name + "' is not supported here: " + String.join(", ", known) + " are");
            }
        });
        return new ReaderArguments(values);
    }

    /** @throws DataSetException when it is absent, or no string */
    String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw new DataSetException("The ItemReader's '" + name + "' is required");
        }
        return value;
    }

    /** @throws DataSetException when it is no string */
    @Nullable
    String optional(String name) {
        JsonNode value = values.path(name);
        if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
            throw new DataSetException("The ItemReader's '" + name + "' must be a string but was: " + value);
        }
        return value.textValue();
    }
}
