package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reprise.journal.codec.Compressor;
import dev.reprise.journal.store.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;

/** A segment's entries as the texts that they are, a line each. */
final class SegmentLines {

    private SegmentLines() {}

    static List<String> of(Segment segment) {
        try {
            String text = new String(segment.body().bytes(), UTF_8);
            return text.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(text.split("\n")));
        } catch (DataFormatException e) {
            throw new IllegalStateException("Not a segment: " + segment, e);
        }
    }

    /** As many others in their place. */
    static Segment with(List<String> lines, Segment segment) {
        byte[] json = String.join("\n", lines).getBytes(UTF_8);
        return new Segment(
                segment.number(),
                segment.writer(),
                segment.first(),
                segment.count(),
                segment.resume(),
                Compressor.body(json, 0, json.length, 0));
    }
}
