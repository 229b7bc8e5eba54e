package dev.reprise.testing;

import dev.reprise.journal.dynamodb.HeadItem;
import dev.reprise.journal.dynamodb.ListToken;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.ExecutionIndex;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indexes of an {@link InMemoryStore}, which lag behind in nothing. */
final class InMemoryIndex implements ExecutionIndex {

    private static final Comparator<ListToken> NEWEST_FIRST =
            Comparator.comparingLong(ListToken::startedAtMillis).reversed().thenComparing(ListToken::name);

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
    public List<DueExecution> due(Instant until, int limit, UnitMeter meter) {
        return dueWhere(Head::isToBeResumed, until, limit, meter);
    }

    @Override
    public List<DueExecution> expired(Instant until, int limit, UnitMeter meter) {
        return dueWhere(head -> !head.isToBeResumed(), until, limit, meter);
    }

    private List<DueExecution> dueWhere(Predicate<Head> kind, Instant until, int limit, UnitMeter meter) {
        meter.read(JournalTable.DUE_PARTITIONS * 0.5);
        List<DueExecution> due = new ArrayList<>();
        heads().filter(kind).forEach(head -> {
            Instant at = head.dueAt();
            if (at != null && !at.isAfter(until)) {
                due.add(new DueExecution(head.id(), at));
            }
        });
        due.sort(Comparator.comparing(DueExecution::at));
        return List.copyOf(due.subList(0, Math.min(limit, due.size())));
    }

    private Stream<Head> heads() {
        return table.all(JournalTable.HEAD).map(HeadItem::read);
    }
}
