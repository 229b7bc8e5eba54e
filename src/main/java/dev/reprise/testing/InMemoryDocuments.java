package dev.reprise.testing;

import dev.reprise.journal.dynamodb.DocumentItems;
import dev.reprise.journal.dynamodb.ItemSize;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The documents of an {@link InMemoryStore}. */
final class InMemoryDocuments implements DocumentStore {

    private final InMemoryTable table;

    InMemoryDocuments(InMemoryTable table) {
        this.table = table;
    }

    @Override
    public @Nullable Document read(String partition, String key, UnitMeter meter) {
        Map<String, AttributeValue> item = table.get(partition, key);
        meter.read(ItemSize.readUnits(item == null ? 0 : ItemSize.of(item)));
        return item == null ? null : DocumentItems.read(item);
    }

    @Override
    public ConditionalWrite<Document> put(Document document, UnitMeter meter) {
        return table.in(document.partition(), items -> {
            Document current = current(items, document);
            if ((current == null ? 0 : current.version()) != document.version() - 1) {
                return new ConditionalWrite.Refused<>(current);
            }
            items.put(DocumentItems.write(document), meter);
            return ConditionalWrite.made();
        });
    }

    @Override
    public ConditionalWrite<Document> delete(Document document, UnitMeter meter) {
        return table.in(document.partition(), items -> {
            Document current = current(items, document);
            if (current == null || current.version() != document.version()) {
                return new ConditionalWrite.Refused<>(current);
            }
            items.remove(document.key(), meter);
            return ConditionalWrite.made();
        });
    }

    private static @Nullable Document current(InMemoryTable.Partition items, Document document) {
        Map<String, AttributeValue> item = items.get(document.key());
        return item == null ? null : DocumentItems.read(item);
    }

    @Override
    public Page<Document> list(String partition, String after, boolean backwards, int limit, UnitMeter meter) {
        Page<Document> found = table.query(
                partition, items -> range(items, after, backwards), DocumentItems::read, Document::key, meter);
        List<Document> all = found.items();
        return all.size() > limit
                ? new Page<>(all.subList(0, limit), all.get(limit - 1).key())
                : found;
    }

    private static NavigableMap<String, Map<String, AttributeValue>> range(
            NavigableMap<String, Map<String, AttributeValue>> items, String after, boolean backwards) {
        if (after.isEmpty()) {
            return backwards ? items.descendingMap() : items;
        }
        return backwards ? items.headMap(after, false).descendingMap() : items.tailMap(after, false);
    }
}
