package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Interpreter;
import dev.reprise.core.Program;
import dev.reprise.dataset.DataSet;
import dev.reprise.dataset.DataSetException;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ItemList;
import dev.reprise.execution.Provisions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the items of data sets until the interpreter asks for them: those that were just read, and those that an
 * earlier invocation read, which are read again before the interpreter comes to them. Workers put in, the thread that
 * owns the execution takes out.
 */
public final class ReadItems implements Provisions {

    private final MapData mapData;
    private final TaskTokens tokens;
    private final Map<EffectId, DataSet> read = new ConcurrentHashMap<>();

    public ReadItems(MapData mapData, TaskTokens tokens) {
        this.mapData = mapData;
        this.tokens = tokens;
    }

    /** Keeps what was just read. */
    void keep(EffectId reader, DataSet found) {
        read.put(reader, found);
    }

    /**
     * Reads again what an interpreter needs that is to be restored from a snapshot.
     *
     * @throws DataSetException when a data set is no longer what it was, or cannot be read now
     */
    public void supply(Program program, JsonNode snapshot) {
        Interpreter.readBy(program, snapshot, (request, version) -> {
            DataSet kept = read.get(request.id());
            if (kept == null || !kept.version().equals(version)) {
                keep(request.id(), again(request, version));
            }
        });
    }

    /**
     * Reads again what the interpreter needs to take in an entry. To be called where the entry belongs, when no work
     * before it is left.
     *
     * @throws DataSetException when the data set is no longer what it was, or cannot be read now
     */
    public void supply(Interpreter interpreter, Entry next) {
        Effect.ReadItems request = interpreter.readBefore(next);
        if (request != null && next instanceof Entry.ItemsRead entry) {
            DataSet found = again(request, entry.version());
            if (found.items().size() != entry.count()) {
                throw new DataSetException("The data set of state '" + request.state() + "' has "
                        + found.items().size() + " items where it had " + entry.count() + ", under the same version "
                        + entry.version());
            }
            keep(request.id(), found);
        }
    }

    private DataSet again(Effect.ReadItems request, String version) {
        return mapData.readAgain(request.request(), version);
    }

    @Override
    public @Nullable ItemList items(Effect.ReadItems reader, String version) {
        DataSet found = read.remove(reader.id());
        return found != null && found.version().equals(version) ? found.items() : null;
    }

    @Override
    public String taskToken(EffectId task) {
        return tokens.of(task);
    }
}
