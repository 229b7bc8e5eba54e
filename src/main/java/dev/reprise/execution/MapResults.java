package dev.reprise.execution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A part of what a distributed Map writes. It writes a manifest of nothing before its children start, to see whether it
 * can; when they have ended one file after the other; and the manifest last.
 *
 * @param mapRunArn names the run that it is from
 * @param parameters the request, evaluated: {@code Bucket}, {@code Prefix}
 * @param part what is to be written
 */
public record MapResults(String mapRunArn, JsonNode parameters, Part part) {

    /** A thing to be written. */
    public sealed interface Part {}

    /**
     * A file. Whoever writes it answers with an object of {@code Key} and {@code Size}, in bytes.
     *
     * @param group what has become of the children that it tells of
     * @param number from 0 among the group's files
     * @param outputType {@code JSON} or {@code JSONL}
     * @param values what it holds, one after the other
     */
    public record File(Group group, int number, String outputType, List<JsonNode> values) implements Part {
        public File {
            values = List.copyOf(values);
        }
    }

    /**
     * The manifest. Whoever writes it answers with the Map state's result.
     *
     * @param files for each group the answers to its files
     */
    public record Manifest(JsonNode files) implements Part {}

    /** What has become of a child, as far as files are concerned; in the order of the manifest. */
    public enum Group {
        /** It failed, or was aborted. */
        FAILED,
        /** It was not started, because enough had ended before. */
        PENDING,
        /** It gave an output. */
        SUCCEEDED
    }
}
