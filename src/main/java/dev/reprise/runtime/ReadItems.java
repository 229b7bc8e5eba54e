package dev.reprise.runtime;

import dev.reprise.core.Effect;
import dev.reprise.core.EffectId;
import dev.reprise.core.ItemList;
import dev.reprise.core.Provisions;
import dev.reprise.dataset.DataSet;
import dev.reprise.dataset.DataSetException;
import dev.reprise.query.EvaluationException;
import dev.reprise.task.MapData;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands data sets that were just read to the interpreter, and reads those again that an earlier invocation read. Workers put in, the thread that owns the execution takes out.
 */
final class ReadItems implements Provisions {

    private final MapData mapData;
    private final TaskTokens tokens;
    private final Map<EffectId, DataSet> justRead = new ConcurrentHashMap<>();
    /** Only the thread that owns the execution touches it. */
    private @Nullable String lost;

    ReadItems(MapData mapData, TaskTokens tokens) {
        this.mapData = mapData;
        this.tokens = tokens;
    }

    /** Keeps what was read until the interpreter asks for it. */
    void keep(EffectId reader, DataSet found) {
        justRead.put(reader, found);
    }

    @Override
    public ItemList items(Effect.ReadItems read, String version) {
        DataSet known = justRead.remove(read.id());
        if (known != null && known.version().equals(version)) {
            return known.items();
        }
        try {
            return mapData.readAgain(read.request(), version).items();
        } catch (DataSetException e) {
            lost = String.valueOf(e.getMessage());
            throw new EvaluationException("States.ItemReaderFailed", lost);
        }
    }

    /** Why a data set could not be read again; null when none was lost. */
    @Nullable
    String lost() {
        return lost;
    }

    @Override
    public String taskToken(EffectId task) {
        return tokens.of(task);
    }
}
