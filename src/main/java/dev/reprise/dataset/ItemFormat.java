package dev.reprise.dataset;

import dev.reprise.asl.ItemReader.ReaderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;

/** How an object's content is parted into items. */
interface ItemFormat {

    /**
     * Adds what {@code content} holds, until the sink is full.
     *
     * @throws IOException when it cannot be read, or is not of this format
     */
    void read(InputStream content, ItemSink sink) throws IOException;

    /** The format that {@code config} names; where it names none, the one that the key's ending means, or else JSON. */
    static ItemFormat of(ReaderConfig config, String key, ObjectStore store) {
        String type = Objects.requireNonNullElse(config.inputType(), byEnding(key));
        return switch (type) {
            case "CSV" -> new CsvItems(config);
            case "JSONL" -> new JsonLinesItems();
            case "JSON" -> new JsonItems(config.itemsPointer());
            case "MANIFEST" ->
                "ATHENA_DATA".equals(config.manifestType())
                        ? new AthenaManifest(config, store)
                        : new InventoryManifest(store);
            default ->
                throw new DataSetException(
                        "Items of type " + type + " cannot be read: those of CSV, JSON, JSONL and MANIFEST can");
        };
    }

    private static String byEnding(String key) {
        String name = key.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".csv")) {
            return "CSV";
        }
        return name.endsWith(".jsonl") ? "JSONL" : "JSON";
    }
}
