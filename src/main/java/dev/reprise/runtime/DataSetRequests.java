package dev.reprise.runtime;

import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.StatesError;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.InstantSource;

/** Has the data sets of distributed Maps read and written, and posts what comes of it. */
final class DataSetRequests {

    private final MapData mapData;
    private final ReadItems items;
    private final Mailbox mailbox;
    private final InstantSource clock;

    DataSetRequests(MapData mapData, ReadItems items, Mailbox mailbox, InstantSource clock) {
        this.mapData = mapData;
        this.items = items;
        this.mailbox = mailbox;
        this.clock = clock;
    }

    Cancellable read(Effect.ReadItems read) {
        EffectId id = read.id();
        return mapData.read(read.request())
                .subscribe()
                .with(
                        found -> {
                            items.keep(id, found);
                            mailbox.post(new Entry.ItemsRead(
                                    id,
                                    Time.millisOf(clock),
                                    found.version(),
                                    found.items().size()));
                        },
                        failure -> mailbox.post(failed(id, "States.ItemReaderFailed", failure)));
    }

    Cancellable write(Effect.WriteResults write) {
        EffectId id = write.id();
        return mapData.write(write.results())
                .subscribe()
                .with(
                        result -> mailbox.post(new Entry.TaskSucceeded(id, Time.millisOf(clock), result)),
                        failure -> mailbox.post(failed(id, "States.ResultWriterFailed", failure)));
    }

    private Entry.TaskFailed failed(EffectId id, String error, Throwable failure) {
        return new Entry.TaskFailed(id, Time.millisOf(clock), new StatesError(error, failure.getMessage()));
    }
}
