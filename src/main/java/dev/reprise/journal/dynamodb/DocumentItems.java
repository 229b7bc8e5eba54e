package dev.reprise.journal.dynamodb;

import static dev.reprise.journal.dynamodb.Attributes.number;
import static dev.reprise.journal.dynamodb.Attributes.text;

import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.JournalTable;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Documents as items. */
public final class DocumentItems {

    private DocumentItems() {}

    public static Map<String, AttributeValue> write(Document document) {
        return Attributes.item(document.partition(), document.key())
                .put(JournalTable.VERSION, number(document.version()))
                .put("json", text(document.json()))
                .values();
    }

    public static Document read(Map<String, AttributeValue> values) {
        Attributes item = new Attributes(values);
        String partition = item.textAt(JournalTable.PK);
        String key = item.textAt(JournalTable.SK);
        try {
            item.requireKnownFormat(partition + ": document " + key);
            return new Document(partition, key, item.longAt(JournalTable.VERSION), item.textAt("json"));
        } catch (UnreadableItemException | IllegalArgumentException e) {
            throw new CorruptJournalException(partition, "document " + key, String.valueOf(e.getMessage()), e);
        }
    }
}
