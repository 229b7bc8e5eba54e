package dev.reprise.task;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@value #NAME}, beside the workflows: which tasks and workflows of this function stand for resources and state
 * machines that are somewhere else. One JSON object; a resource, such as a Lambda function's ARN, with {@code
 * task:NAME}, or a state machine's ARN with {@code workflow:NAME}. Nothing in an ARN needs an escape here, as it does
 * in a {@code .properties} file. Thread-safe.
 */
public final class MappingFile {

    /** The file's name. */
    public static final String NAME = "tasks.json";

    private static final String TASK = "task:";
    private static final String WORKFLOW = "workflow:";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * What the file says.
     *
     * @param tasks {@code task:NAME} by the resource that it stands for
     * @param workflows the workflow's name by the ARN of the state machine that it stands for
     * @param problems what is wrong with the file, a line each; nothing of a file with a problem counts
     */
    public record Mapping(Map<String, String> tasks, Map<String, String> workflows, List<String> problems) {

        static final Mapping NONE = new Mapping(Map.of(), Map.of(), List.of());

        public Mapping {
            tasks = Map.copyOf(tasks);
            workflows = Map.copyOf(workflows);
            problems = List.copyOf(problems);
        }
    }

    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private record Read(@Nullable Stamp stamp, Mapping mapping) {}

    private final Path file;
    private final boolean watched;
    private volatile @Nullable Read read;

    private MappingFile(Path file, boolean watched) {
        this.file = file;
        this.watched = watched;
    }

    /** The file in that folder, which need not be there, as it is whenever somebody asks. */
    public static MappingFile watched(Path folder) {
        return new MappingFile(folder.resolve(NAME), true);
    }

    /** The file in that folder as it is when it is first asked for. */
    public static MappingFile readOnce(Path folder) {
        return new MappingFile(folder.resolve(NAME), false);
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** What it says. */
    public Mapping mapping() {
        Read last = read;
        if (last != null && !watched) {
            return last.mapping();
        }
        Stamp now = stamp();
        if (last == null || (now == null ? last.stamp() != null : !now.equals(last.stamp()))) {
            last = new Read(now, now == null ? Mapping.NONE : load());
            read = last;
        }
        return last.mapping();
    }

    /** Null when there is no such file. */
    private @Nullable Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return null;
        }
    }

    private Mapping load() {
        try {
            return mapping(JSON.readTree(Files.readString(file)));
        } catch (JsonProcessingException e) {
            return problem("is no JSON: " + explain(e));
        } catch (NoSuchFileException e) {
            return Mapping.NONE;
        } catch (IOException e) {
            return problem("cannot be read: " + e);
        }
    }

    /** What is wrong with a JSON text, and where, for whoever wrote it. */
    public static String explain(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage()).replaceFirst(" \\((start marker|bound as) .*", "");
        return e.getLocation() == null
                ? message
                : message + " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private Mapping mapping(JsonNode content) {
        if (!content.isObject()) {
            return problem("must be a JSON object, such as {\"arn:aws:lambda:us-east-1:123456789012:function:charge\":"
                    + " \"task:charge\"}");
        }
        Map<String, String> tasks = new TreeMap<>();
        Map<String, String> workflows = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        content.properties().forEach(entry -> {
            String target = entry.getValue().asText();
            if (entry.getValue().isTextual() && target.startsWith(TASK)) {
                tasks.put(entry.getKey(), target);
            } else if (entry.getValue().isTextual() && target.startsWith(WORKFLOW)) {
                workflows.put(entry.getKey(), target.substring(WORKFLOW.length()));
            } else {
                problems.add(file + ": \"" + entry.getKey()
                        + "\" must stand for \"task:NAME\" or \"workflow:NAME\", not " + entry.getValue());
            }
        });
        return problems.isEmpty()
                ? new Mapping(tasks, workflows, List.of())
                : new Mapping(Map.of(), Map.of(), problems);
    }

    private Mapping problem(String problem) {
        return new Mapping(Map.of(), Map.of(), List.of(file + ": " + problem));
    }
}
