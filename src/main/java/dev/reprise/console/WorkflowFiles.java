package dev.reprise.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.testing.suite.WorkflowSuite;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes the files of workflows, for whoever edits them in the console. */
public final class WorkflowFiles {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,79}");

    private static final String SUFFIX = ".asl.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final WorkflowCatalogue workflows;

    public WorkflowFiles(WorkflowCatalogue workflows) {
        this.workflows = workflows;
    }

    /** A file cannot be written, and what to do. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** The sample input beside a workflow; null when there is none. */
    @Nullable
    String sample(String workflow) throws IOException {
        WorkflowFile file = file(workflow);
        Path sample = file == null ? null : file.path().resolveSibling(workflow + ".input.json");
        return sample != null && Files.isRegularFile(sample) ? Files.readString(sample) : null;
    }

    /** The file of tests beside a workflow; null when there is none. */
    @Nullable
    Path tests(String workflow) {
        WorkflowFile file = file(workflow);
        Path tests = file == null ? null : file.path().resolveSibling(workflow + WorkflowSuite.SUFFIX);
        return tests != null && Files.isRegularFile(tests) ? tests : null;
    }

    /** A workflow's file, as long as it is JSON; null when there is none. */
    @Nullable
    Path json(String workflow) {
        WorkflowFile file = file(workflow);
        return file == null || !file.path().toString().endsWith(".json") ? null : file.path();
    }

    /**
     * Writes a workflow's file whole: who reads it meanwhile sees either the earlier text or this one.
     *
     * @return the file
     * @throws RefusedException when there can be no such file, or the text is no JSON
     */
    Path write(String workflow, String definition) throws IOException, RefusedException {
        WorkflowFile known = file(workflow);
        if (known == null && !NAME.matcher(workflow).matches()) {
            throw new RefusedException("A workflow cannot be called '" + workflow
                    + "': a name has letters, digits, - and _, at most 80, and begins with a letter or digit");
        }
        Path file = known == null ? workflows.folder().resolve(workflow + SUFFIX) : known.path();
        if (!file.toString().endsWith(".json")) {
            throw new RefusedException(file + " is no JSON file; edit it where it is");
        }
        requireJson(definition);
        Path folder = Objects.requireNonNull(file.getParent(), "the folder of the workflows");
        Files.createDirectories(folder);
        Path part = folder.resolve(workflow + "-" + UUID.randomUUID() + ".part");
        try {
            Files.writeString(
                    part, definition.endsWith("\n") ? definition : definition + "\n", StandardOpenOption.CREATE_NEW);
            keepPermissions(file, part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }

    private static void requireJson(String definition) throws RefusedException {
        try {
            if (JSON.readTree(definition).isMissingNode()) {
                throw new RefusedException("The definition is no JSON: it is empty");
            }
        } catch (JsonProcessingException e) {
            throw new RefusedException("The definition is no JSON: " + e.getOriginalMessage());
        }
    }

    /** A file that is replaced may be read and written by whom it could be before; a new one as any that one makes. */
    private static void keepPermissions(Path file, Path part) throws IOException {
        PosixFileAttributeView permissions = Files.getFileAttributeView(part, PosixFileAttributeView.class);
        if (permissions != null && Files.exists(file)) {
            permissions.setPermissions(Files.getPosixFilePermissions(file));
        }
    }

    /** The names of files are looked at before any file is. */
    private @Nullable WorkflowFile file(String workflow) {
        return workflows.names().contains(workflow) ? workflows.file(workflow) : null;
    }
}
