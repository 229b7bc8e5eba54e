package dev.reprise.journal.dynamodb;

import dev.reprise.journal.store.JournalTable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a write costs in the three indexes: a unit for each entry that it adds, and for each that it removes. An entry
 * that moves is both.
 */
public final class IndexCost {

    private IndexCost() {}

    public static double writeUnits(@Nullable Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        return writeUnits(before, after, JournalTable.WORKFLOW, JournalTable.STARTED_AT)
                + writeUnits(before, after, JournalTable.DUE, JournalTable.DUE_AT)
                + writeUnits(before, after, JournalTable.LABEL, JournalTable.STARTED_AT);
    }

    private static double writeUnits(
            @Nullable Map<String, AttributeValue> before,
            Map<String, AttributeValue> after,
            String partitionKey,
            String sortKey) {
        AttributeValue oldPartition = before == null ? null : before.get(partitionKey);
        AttributeValue oldSort = before == null ? null : before.get(sortKey);
        AttributeValue newPartition = after.get(partitionKey);
        AttributeValue newSort = after.get(sortKey);
        if (Objects.equals(oldPartition, newPartition) && Objects.equals(oldSort, newSort)) {
            return 0;
        }
        return (oldPartition != null && oldSort != null ? 1 : 0) + (newPartition != null && newSort != null ? 1 : 0);
    }
}
