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

    /**
     * The format that {@code config} names. A manifest's {@code InputType}, where it is not just {@code MANIFEST}, is
     * that of the files which it names.
     */
    static ItemFormat of(ReaderConfig config, String key, ObjectReader objects) {
        if (config.manifestType() == null && !"MANIFEST".equals(config.inputType())) {
            return ofItems(config, key);
        }
        return "ATHENA_DATA".equals(config.manifestType())
                ? new AthenaManifest(config, objects)
                : new InventoryManifest(objects);
    }

    /**
     * The format of a file of items; where {@code config} names none, the one that the key's ending means, or else
     * JSON.
     */
    static ItemFormat ofItems(ReaderConfig config, String key) {
        String named = "MANIFEST".equals(config.inputType()) ? null : config.inputType();
        String type = Objects.requireNonNullElseGet(named, () -> byEnding(key));
        return switch (type) {
            case "CSV" -> new CsvItems(config);
            case "JSONL" -> new JsonLinesItems();
            case "JSON" -> new JsonItems(config.itemsPointer());
            default ->
                throw new DataSetException(
                        "Items of type " + type + " cannot be read: those of CSV, JSON, JSONL and MANIFEST can");
        };
    }

    private static String byEnding(String key) {
        String name = key.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|zst|zstd)$", "");
        if (name.endsWith(".csv")) {
            return "CSV";
        }
        if (name.endsWith(".parquet")) {
            return "PARQUET";
        }
        return name.endsWith(".jsonl") ? "JSONL" : "JSON";
    }
}
