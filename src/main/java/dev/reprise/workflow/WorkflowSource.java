package dev.reprise.workflow;

import dev.reprise.asl.parser.DefinitionFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that a workflow is made of.
 *
 * @param definition its definition
 * @param format how that is written
 * @param substitutions where {@code NAME.substitutions.json} is, or would be
 * @param shadowed further definitions of the same name, which are not read
 */
record WorkflowSource(Path definition, DefinitionFormat format, Path substitutions, List<Path> shadowed) {

    WorkflowSource {
        shadowed = List.copyOf(shadowed);
    }

    /**
     * What shows that a file has changed.
     *
     * @param modified null when there is no such file
     */
    private record Stamp(Path file, @Nullable FileTime modified, long size) {

        static Stamp of(Path file) throws IOException {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(file, attributes.lastModifiedTime(), attributes.size());
            } catch (NoSuchFileException e) {
                return new Stamp(file, null, 0);
            }
        }
    }

    /** Equal as long as nothing has changed. */
    Object version() throws IOException {
        return List.of(Stamp.of(definition), Stamp.of(substitutions), shadowed);
    }
}
