package dev.reprise.testing;

import dev.reprise.journal.dynamodb.Attributes;
import dev.reprise.journal.dynamodb.IndexCost;
import dev.reprise.journal.dynamodb.ItemSize;
import dev.reprise.journal.store.ItemTooLargeException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table's items, with DynamoDB's limits and consumed units. What is done in one partition at once is atomic. */
final class InMemoryTable {

    static final String NAME = "in memory";

    private static final int PAGE_BYTES = 1024 * 1024;

    private final Map<String, Partition> partitions = new ConcurrentHashMap<>();

    /** Does something in a partition, undisturbed by others. */
    <T extends @Nullable Object> T in(String partition, Function<Partition, T> work) {
        Partition items = partitions.computeIfAbsent(partition, name -> new Partition());
        synchronized (items) {
            return work.apply(items);
        }
    }

    /** The item of that sort key in every partition that has one, as it stands. */
    Stream<Map<String, AttributeValue>> all(String key) {
        return partitions.keySet().stream().flatMap(partition -> Stream.ofNullable(get(partition, key)));
    }

    /** All items as they stand, ordered by partition and sort key. */
    List<Map<String, AttributeValue>> items() {
        List<Map<String, AttributeValue>> all = new ArrayList<>();
        for (String partition : new TreeMap<>(partitions).keySet()) {
            all.addAll(in(
                    partition,
                    items -> items.bySortKey.values().stream().map(Map::copyOf).toList()));
        }
        return all;
    }

    @Nullable
    Map<String, AttributeValue> get(String partition, String key) {
        return this.<@Nullable Map<String, AttributeValue>>in(partition, items -> items.get(key));
    }

    void put(Map<String, AttributeValue> item, UnitMeter meter) {
        in(new Attributes(item).textAt(JournalTable.PK), items -> {
            items.put(item, meter);
            return true;
        });
    }

    void remove(String partition, String key, UnitMeter meter) {
        in(partition, items -> {
            items.remove(key, meter);
            return true;
        });
    }

    /** Items from one key on and before another, as many as DynamoDB answers at once: until they pass 1 MB. */
    <T> Page<T> query(
            String partition,
            String from,
            String before,
            Function<Map<String, AttributeValue>, T> decode,
            Function<T, String> next,
            UnitMeter meter) {
        return query(partition, items -> items.subMap(from, true, before, false), decode, next, meter);
    }

    /** The same for items of any range, in its order. */
    <T> Page<T> query(
            String partition,
            UnaryOperator<NavigableMap<String, Map<String, AttributeValue>>> range,
            Function<Map<String, AttributeValue>, T> decode,
            Function<T, String> next,
            UnitMeter meter) {
        Found found = in(partition, items -> {
            List<Map<String, AttributeValue>> page = new ArrayList<>();
            int bytes = 0;
            for (Map<String, AttributeValue> item : range.apply(items.bySortKey).values()) {
                if (bytes >= PAGE_BYTES) {
                    return new Found(page, bytes, true);
                }
                page.add(item);
                bytes += ItemSize.of(item);
            }
            return new Found(page, bytes, false);
        });
        meter.read(ItemSize.readUnits(found.bytes()));
        List<T> decoded = found.items().stream().map(decode).toList();
        return new Page<>(decoded, found.more() ? next.apply(decoded.get(decoded.size() - 1)) : null);
    }

    /** What a query comes upon before it has passed 1 MB, and whether there is more. */
    private record Found(List<Map<String, AttributeValue>> items, int bytes, boolean more) {}

    /** The items of one partition key. Only to be used within {@link #in}. */
    static final class Partition {

        private final NavigableMap<String, Map<String, AttributeValue>> bySortKey = new TreeMap<>();

        @Nullable
        Map<String, AttributeValue> get(String key) {
            return bySortKey.get(key);
        }

        /** The item of the greatest key that is less than that. */
        Map.@Nullable Entry<String, Map<String, AttributeValue>> lower(String key) {
            return bySortKey.lowerEntry(key);
        }

        /** The items of greater keys, in their order. */
        Collection<Map<String, AttributeValue>> after(String key) {
            return bySortKey.tailMap(key, false).values();
        }

        void put(Map<String, AttributeValue> item, UnitMeter meter) {
            Attributes keys = new Attributes(item);
            String key = keys.textAt(JournalTable.SK);
            int size = ItemSize.of(item);
            if (size > ItemSize.LIMIT) {
                throw new ItemTooLargeException(
                        NAME, keys.textAt(JournalTable.PK), key, size + " bytes, at most " + ItemSize.LIMIT);
            }
            Map<String, AttributeValue> before = bySortKey.put(key, item);
            int larger = before == null ? size : Math.max(size, ItemSize.of(before));
            meter.write(ItemSize.writeUnits(larger) + IndexCost.writeUnits(before, item));
        }

        void remove(String key, UnitMeter meter) {
            Map<String, AttributeValue> gone = bySortKey.remove(key);
            meter.write(
                    gone == null ? 1 : ItemSize.writeUnits(ItemSize.of(gone)) + IndexCost.writeUnits(gone, Map.of()));
        }
    }
}
