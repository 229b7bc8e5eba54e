package dev.reprise.journal.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How the journal reads and writes JSON. */
public final class Json {

    /**
     * Without Jackson's bounds: they are for input from strangers, and what the journal cannot read back is lost. Depth
     * costs no stack here.
     */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            // Interning shares names between all threads of the process, and pays for it with a lookup under
            // contention.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private Json() {}

    /** JSON in UTF-8, and how near to the tree that it came from it is. */
    public record Encoded(ByteSink json, Fidelity fidelity) {}

    public static Encoded encode(JsonNode value) {
        ByteSink out = new ByteSink(512);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            Fidelity fidelity = TreeWriter.write(generator, value);
            generator.flush();
            return new Encoded(out, fidelity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
