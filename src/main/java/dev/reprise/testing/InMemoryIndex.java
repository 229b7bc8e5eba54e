package dev.reprise.testing;

import dev.reprise.execution.ExecutionId;
import dev.reprise.journal.dynamodb.Attributes;
import dev.reprise.journal.dynamodb.HeadItem;
import dev.reprise.journal.dynamodb.Items;
import dev.reprise.journal.dynamodb.LabelToken;
import dev.reprise.journal.dynamodb.ListToken;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionIndex;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indexes of an {@link InMemoryStore}, which lag behind in nothing. */
final class InMemoryIndex implements ExecutionIndex {

    private static final Comparator<ListToken> NEWEST_FIRST =
            Comparator.comparingLong(ListToken::startedAtMillis).reversed().thenComparing(ListToken::name);

    private static final Comparator<LabelToken> LABELS_NEWEST_FIRST =
            Comparator.comparingLong(LabelToken::startedAtMillis).reversed().thenComparing(LabelToken::partition);

    private final InMemoryTable table;

    InMemoryIndex(InMemoryTable table) {
        this.table = table;
    }

    @Override
    public Page<Head> list(String workflow, int limit, @Nullable String token, UnitMeter meter) {
        ListToken after = token == null ? null : ListToken.parse(token);
        List<Head> found = heads().filter(head -> head.id().workflow().equals(workflow))
                .sorted(Comparator.comparing(ListToken::after, NEWEST_FIRST))
                .filter(head -> after == null || NEWEST_FIRST.compare(ListToken.after(head), after) > 0)
                .limit(limit + 1L)
                .toList();
        meter.read(Math.max(1, found.size()));
        boolean more = found.size() > limit;
        List<Head> page = more ? found.subList(0, limit) : found;
        return new Page<>(page, more ? ListToken.after(page.get(limit - 1)).toString() : null);
    }

    @Override
    public void putLabels(ExecutionId id, Map<String, String> labels, Instant startedAt, UnitMeter meter) {
        labels.forEach((name, value) -> table.put(Items.label(id, name, value, startedAt), meter));
    }

    @Override
    public Page<Head> labelled(
            String partition,
            @Nullable Instant from,
            @Nullable Instant to,
            int limit,
            @Nullable String token,
            UnitMeter meter) {
        LabelToken after = token == null ? null : LabelToken.parse(token);
        List<LabelToken> found = table.items().stream()
                .map(Attributes::new)
                .filter(item -> item.has(JournalTable.LABEL)
                        && item.textAt(JournalTable.LABEL).equals(partition))
                .map(item -> new LabelToken(
                        item.instantAt(JournalTable.STARTED_AT).toEpochMilli(),
                        item.textAt(JournalTable.SK),
                        item.textAt(JournalTable.PK)))
                .filter(item -> from == null || item.startedAtMillis() >= from.toEpochMilli())
                .filter(item -> to == null || item.startedAtMillis() <= to.toEpochMilli())
                .sorted(LABELS_NEWEST_FIRST)
                .filter(item -> after == null || LABELS_NEWEST_FIRST.compare(item, after) > 0)
                .limit(limit + 1L)
                .toList();
        meter.read(Math.max(1, found.size()));
        List<LabelToken> page = found.size() > limit ? found.subList(0, limit) : found;
        List<Head> heads = page.stream()
                .flatMap(item -> Stream.ofNullable(table.get(item.partition(), JournalTable.HEAD)))
                .flatMap(item -> Stream.ofNullable(HeadItem.readAmongOthers(item)))
                .toList();
        return new Page<>(heads, found.size() > limit ? page.getLast().toString() : null);
    }

    @Override
    public List<DueExecution> due(Instant until, int limit, UnitMeter meter) {
        return due(JournalTable.RESUME, until, limit, meter);
    }

    @Override
    public List<DueExecution> expired(Instant until, int limit, UnitMeter meter) {
        return due(JournalTable.SWEEP, until, limit, meter);
    }

    /** Reads no head whole: as in DynamoDB the index has its keys alone. */
    private List<DueExecution> due(String kind, Instant until, int limit, UnitMeter meter) {
        meter.read(JournalTable.DUE_PARTITIONS * 0.5);
        return table.all(JournalTable.HEAD)
                .map(Attributes::new)
                .filter(head -> head.has(JournalTable.DUE)
                        && head.textAt(JournalTable.DUE).startsWith(kind)
                        && !head.instantAt(JournalTable.DUE_AT).isAfter(until))
                .map(head -> new DueExecution(
                        ExecutionId.ofPartition(head.textAt(JournalTable.PK)), head.instantAt(JournalTable.DUE_AT)))
                .sorted(Comparator.comparing(DueExecution::at))
                .limit(limit)
                .toList();
    }

    private Stream<Head> heads() {
        return table.all(JournalTable.HEAD).flatMap(item -> Stream.ofNullable(HeadItem.readAmongOthers(item)));
    }
}
