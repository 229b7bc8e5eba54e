package dev.reprise.cli.dev;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of his function.
 *
 * @param workflows the folder of the workflows, which need not exist
 * @param store where executions are kept
 * @param objects the folder whose folders are the buckets of S3
 * @param console the folder of the console's pages; null for no console
 * @param realAws whether AWS is called where no address is given
 * @param taskObjects objects whose methods are tasks
 * @param mocks what other tasks give
 * @param substitutions values for the tokens of definitions
 */
public record LocalOptions(
        Path workflows,
        Store store,
        Path objects,
        @Nullable Path console,
        boolean realAws,
        List<Object> taskObjects,
        List<MockFile> mocks,
        Map<String, String> substitutions) {
    public LocalOptions {
        taskObjects = List.copyOf(taskObjects);
        mocks = List.copyOf(mocks);
        substitutions = Map.copyOf(substitutions);
    }
}
