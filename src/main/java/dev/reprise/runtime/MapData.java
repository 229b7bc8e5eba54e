package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.dataset.DataSet;
import dev.reprise.dataset.DataSets;
import dev.reprise.dataset.ObjectStore;
import dev.reprise.dataset.ResultFiles;
import dev.reprise.execution.DataSetRequest;
import dev.reprise.execution.MapResults;
import dev.reprise.task.TaskThreads;
import io.smallrye.mutiny.Uni;

/** Reads and writes the data sets of distributed Maps, on worker threads. Thread-safe. */
public final class MapData {

    private final DataSets dataSets;
    private final ResultFiles resultFiles;
    private final TaskThreads threads;

    /**
     * Over a store of objects.
     *
     * @param threads where reading and writing block
     */
    public MapData(ObjectStore store, TaskThreads threads) {
        this.dataSets = new DataSets(store);
        this.resultFiles = new ResultFiles(store);
        this.threads = threads;
    }

    /** The data set as it is now, or a {@link dev.reprise.dataset.DataSetException}. */
    public Uni<DataSet> read(DataSetRequest request) {
        return threads.run(() -> dataSets.read(request, null));
    }

    /**
     * The data set as it was, on the caller's thread: nothing can go on without it.
     *
     * @throws dev.reprise.dataset.DataSetException when it is no longer of that version
     */
    public DataSet readAgain(DataSetRequest request, String version) {
        return dataSets.read(request, version);
    }

    /** Writes results, and says where they are, or why they could not be written. */
    public Uni<JsonNode> write(MapResults results) {
        return threads.run(() -> resultFiles.write(results));
    }
}
