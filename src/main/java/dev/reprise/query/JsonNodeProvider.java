package dev.reprise.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;

/** Jackson's nodes for Jayway. Its own provider gives null for an index beyond an array's end, which Jayway then takes for an element. */
final class JsonNodeProvider extends JacksonJsonNodeJsonProvider {

    @Override
    public Object getArrayIndex(Object array, int index) {
        JsonNode element = ((JsonNode) array).get(index);
        if (element == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return element;
    }

    /** Jayway's texts name the provider's class; who reads them knows the library's. */
    static String withoutOwnName(String text) {
        return text.replace(JsonNodeProvider.class.getName(), JacksonJsonNodeJsonProvider.class.getName());
    }
}
