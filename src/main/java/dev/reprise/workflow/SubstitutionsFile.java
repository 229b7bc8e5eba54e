package dev.reprise.workflow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.asl.SourcePosition;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file {@code NAME.substitutions.json} beside a workflow: one object, with a text, a number or a boolean for each
 * token.
 *
 * @param values by token
 * @param problems why it, or what follows in it, could not be read; a line each
 */
record SubstitutionsFile(Map<String, Substitution> values, List<String> problems) {

    static final SubstitutionsFile NONE = new SubstitutionsFile(Map.of(), List.of());

    private static final JsonFactory JSON = new JsonFactory();

    static SubstitutionsFile read(Path path) throws IOException {
        Map<String, Substitution> values = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(Files.readString(path))) {
            read(parser, path, values);
            return new SubstitutionsFile(values, List.of());
        } catch (JsonProcessingException e) {
            return new SubstitutionsFile(
                    values, List.of(path + ":" + SourcePosition.of(e.getLocation()) + ": " + e.getOriginalMessage()));
        } catch (CharacterCodingException e) {
            return new SubstitutionsFile(values, List.of(path + ": is not text in UTF-8"));
        }
    }

    private static void read(JsonParser parser, Path path, Map<String, Substitution> values) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(
                    parser, "substitutions are one JSON object: {\"TOKEN\": \"value\"}", parser.currentTokenLocation());
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String token = parser.currentName();
            String origin = path + ":" + SourcePosition.of(parser.currentTokenLocation());
            if (!parser.nextToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
                throw new JsonParseException(
                        parser,
                        "the value of " + token + " must be a text, a number or a boolean",
                        parser.currentTokenLocation());
            }
            if (values.put(token, new Substitution(token, parser.getText(), origin)) != null) {
                throw new JsonParseException(parser, token + " has a value twice", parser.currentTokenLocation());
            }
        }
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "text follows the object", parser.currentTokenLocation());
        }
    }
}
