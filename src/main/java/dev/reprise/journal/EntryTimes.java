package dev.reprise.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.store.Segment;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;

/**
 * When the last entry of some segments was, found without making anything of the entries. A segment that cannot be read
 * tells nothing: whoever asks is about to end the execution, which must not fail for that.
 */
final class EntryTimes implements Consumer<Segment> {

    private Instant last;

    /** @param atLeast when there is no entry */
    EntryTimes(Instant atLeast) {
        this.last = atLeast;
    }

    Instant last() {
        return last;
    }

    @Override
    public void accept(Segment segment) {
        try (JsonParser parser = Json.FACTORY.createParser(segment.body().bytes())) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                entry(parser);
            }
        } catch (IOException | DataFormatException e) {
            // What came before it counts.
        }
    }

    private void entry(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("at") && value == JsonToken.VALUE_NUMBER_INT) {
                Instant at = Instant.ofEpochMilli(parser.getLongValue());
                last = at.isBefore(last) ? last : at;
            } else {
                parser.skipChildren();
            }
        }
    }
}
