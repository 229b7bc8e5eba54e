package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ItemList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Items from objects of each kind. */
class DataSetsTest {

    @TempDir
    Path folder;

    private Reading reading;

    @BeforeEach
    void begin() {
        reading = new Reading(folder);
    }

    // ---- JSON

    @Test
    void aJsonArrayHoldsTheItems() {
        assertThat(reading.with("a.json", "[1, {\"b\": [2]}, null, \"c\"]").object("a.json", "{'InputType': 'JSON'}"))
                .containsExactly("1", "{\"b\":[2]}", "null", "\"c\"");
    }

    @Test
    void theRestBehindMaxItemsIsNotLookedAt() {
        assertThat(reading.with("a.json", "[1, 2, not json").object("a.json", "{'InputType': 'JSON', 'MaxItems': 2}"))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        /items          | {"items": [1, 2]}
        /a/b            | {"x": {"b": [9]}, "a": {"c": [[8]], "b": [1, 2]}, "not": "looked at
        /a/1            | {"a": [[9], [1, 2]]}
        /a~1b           | {"a/b": [1, 2]}
        ``              | [1, 2]
        """)
    void aPointerSaysWhereTheArrayStands(String pointer, String document) {
        assertThat(reading.with("a.json", document)
                        .object("a.json", "{'InputType': 'JSON', 'ItemsPointer': '" + pointer + "'}"))
                .containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "text"                | ``
        7                     | ``
        {"items": null}       | /items
        {"items": 1}          | /items
        """)
    void whatIsNeitherArrayNorObjectIsNothingToMapOver(String document, String pointer) {
        reading.with("a.json", document);

        assertThatThrownBy(() -> reading.object("a.json", "{'InputType': 'JSON', 'ItemsPointer': '" + pointer + "'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessage("Attempting to map over non-iterable node.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"items": [1]}        | /other
        {"items": [1]}        | /items/5
        {"items": [1]}        | /items/name
        {"items": 1}          | /items/a
        """)
    void aPointerThatLeadsNowhereIsSaid(String document, String pointer) {
        reading.with("a.json", document);

        assertThatThrownBy(() -> reading.object("a.json", "{'InputType': 'JSON', 'ItemsPointer': '" + pointer + "'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessage("The provided ReaderConfig.ItemsPointer does not match any valid path in the JSON"
                        + " structure.");
    }

    @Test
    void whatIsNotJsonIsSaidWithItsPlace() {
        reading.with("a.json", "[1,\n 2 3]");

        assertThatThrownBy(() -> reading.object("a.json", "{'InputType': 'JSON'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessageMatching("s3://data/a.json is not JSON: Unexpected character .* \\(line 2, column \\d+\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "JSONL"})
    void aNumberThatNoDoubleHoldsIsRefused(String type) {
        reading.with("a.json", "[1e400]");

        assertThatThrownBy(() -> reading.object("a.json", "{'InputType': '" + type + "'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining("Numeric value (1e400) out of range of double");
    }

    @Test
    void aPointerMustBeOne() {
        reading.with("a.json", "{}");

        assertThatThrownBy(() -> reading.object("a.json", "{'InputType': 'JSON', 'ItemsPointer': 'items'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("'items' is not a JSON pointer: ");
    }

    @Test
    void withoutATypeTheEndingOfTheKeyTells() {
        reading.with("a.csv", "a\n1")
                .with("a.jsonl", "1\n2")
                .with("a.json", "[3]")
                .with("a", "[4]");
        reading.withCompressed("a.jsonl.gz", "5\n6").with("a.parquet", "PAR1");

        assertThat(reading.object("a.csv", "{}")).containsExactly("{\"a\":\"1\"}");
        assertThat(reading.object("a.jsonl", "{}")).containsExactly("1", "2");
        assertThat(reading.object("a.json", "{}")).containsExactly("3");
        assertThat(reading.object("a", "{}")).containsExactly("4");
        assertThat(reading.object("a.jsonl.gz", "{}")).containsExactly("5", "6");
        assertThatThrownBy(() -> reading.object("a.parquet", "{}"))
                .hasMessage("Items of type PARQUET cannot be read: those of CSV, JSON, JSONL and MANIFEST can");
    }

    @Test
    void theMembersOfAnObjectAreItemsWithAKey() {
        reading.with("a.json", "{'b': {'x': 1}, 'a': [2]}".replace('\'', '"'));
        reading.with("inside.json", "{'o': {'k': null}, 'n': 1}".replace('\'', '"'));

        ItemList items = reading.items("a.json", "{'InputType': 'JSON'}");
        ItemList inside = reading.items("inside.json", "{'InputType': 'JSON', 'ItemsPointer': '/o'}");

        assertThat(items.size()).isEqualTo(2);
        assertThat(items.key(0)).isEqualTo("b");
        assertThat(items.get(0)).hasToString("{\"x\":1}");
        assertThat(items.key(1)).isEqualTo("a");
        assertThat(items.get(1)).hasToString("[2]");
        assertThat(inside.key(0)).isEqualTo("k");
        assertThat(inside.get(0).isNull()).isTrue();
        assertThat(reading.items("a.json", "{'InputType': 'JSON', 'MaxItems': 1}")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void theElementsOfAnArrayHaveNoKey() {
        assertThat(reading.with("a.json", "[{\"Key\": 1, \"Value\": 2}]")
                        .items("a.json", "{'InputType': 'JSON'}")
                        .key(0))
                .isNull();
    }

    // ---- JSON Lines

    @Test
    void eachLineIsAnItem() {
        assertThat(reading.with("a", "{\"a\": 1}\n\n[2]\r\n\"three\"").object("a", "{'InputType': 'JSONL'}"))
                .containsExactly("{\"a\":1}", "[2]", "\"three\"");
        assertThat(reading.object("a", "{'InputType': 'JSONL', 'MaxItems': 1}")).containsExactly("{\"a\":1}");
        assertThat(reading.with("b", "").object("b", "{'InputType': 'JSONL'}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]|[3]", "[1]|{\"a\":1}", "[]|{\"a\":1}|{\"a\":2}", "[[1],[2]]|[]|[3,[4]]|null"})
    void aLineThatIsAnArrayIsOneItemWhereverItStands(String lines) {
        List<String> items = List.of(lines.split("\\|"));

        assertThat(reading.with("a", String.join("\n", items) + "\n").object("a", "{'InputType': 'JSONL'}"))
                .isEqualTo(items);
    }

    @Test
    void aLineIsReadWhole() {
        String text = "\"" + "x".repeat(200_000) + "\"";
        reading.with("a", "\ufeff1\n \t\r\n" + text + "\n\n" + text);

        assertThat(reading.object("a", "{'InputType': 'JSONL'}")).containsExactly("1", text, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\n2 3\n", "1\n{\"a\":\n1}\n", "1\n{'a'}\n", "1\n[1,2\n"})
    void aLineThatIsNotOneValueIsNamed(String content) {
        reading.with("a", content);

        assertThatThrownBy(() -> reading.object("a", "{'InputType': 'JSONL'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("s3://data/a cannot be read: line 2 is not one JSON value: ");
    }

    // ---- what is not read

    @Test
    void parquetIsRefused() {
        reading.with("a", "PAR1");

        assertThatThrownBy(() -> reading.object("a", "{'InputType': 'PARQUET'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessage("Items of type PARQUET cannot be read: those of CSV, JSON, JSONL and MANIFEST can");
        assertThatThrownBy(() -> reading.object("a", "{'InputType': 'CSV'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessage("s3://data/a cannot be read: it is a Parquet file, and only CSV, JSON and JSON Lines can be"
                        + " read");
    }

    @Test
    void zstandardIsTakenOffWhateverTheTypeAndTheKeyTellsTheTypeAllTheSame() {
        byte[] csv = HexFormat.of().parseHex("28b52ffd2007390000612c620a312c32");
        byte[] lines = HexFormat.of().parseHex("28b52ffd2007390000" + "5b315d0a5b325d");
        reading.with("a.csv.zstd", csv).with("a.jsonl.zst", lines);

        assertThat(reading.object("a.csv.zstd", "{'CSVHeaderLocation': 'FIRST_ROW'}"))
                .containsExactly("{\"a\":\"1\",\"b\":\"2\"}");
        assertThat(reading.object("a.jsonl.zst", "{}")).containsExactly("[1]", "[2]");
        assertThat(reading.listed("a.jsonl", "{'InputType': 'JSONL', 'Transformation': 'LOAD_AND_FLATTEN'}"))
                .hasSize(2);
    }

    @Test
    void aFileThatIsCutOffIsNotTakenForWhole() {
        reading.withCompressed("a.gz", "1\n2\n3\n4\n5\n");
        byte[] whole = bytes("a.gz");
        reading.with("a.gz", Arrays.copyOf(whole, whole.length - 12));

        assertThatThrownBy(() -> reading.object("a.gz", "{'InputType': 'JSONL'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("s3://data/a.gz cannot be read: ");
    }

    @Test
    void aRequestMustNameBucketAndKey() {
        assertThatThrownBy(() -> reading.read("getObject", Reading.json("{'Bucket': 'data'}"), "{}", null))
                .hasMessage("The ItemReader's 'Key' is required");
        assertThatThrownBy(() -> reading.read("getObject", Reading.json("{'Bucket': 1, 'Key': 'a'}"), "{}", null))
                .hasMessage("The ItemReader's 'Bucket' must be a string but was: 1");
        assertThatThrownBy(() -> reading.read("headObject", Reading.json("{'Bucket': 'data'}"), "{}", null))
                .hasMessageStartingWith("No data set is read by 'arn:aws:states:::s3:headObject'");
    }

    // ---- listings

    @Test
    void aListingsItemsDescribeObjects() {
        reading.with("in/b", "12").with("in/a", "1").with("out/c", "");

        List<JsonNode> items = reading.listed("in/", "{}");

        assertThat(items).extracting(item -> item.path("Key").asText()).containsExactly("in/a", "in/b");
        JsonNode first = items.get(0);
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly("Etag", "Key", "LastModified", "Size", "StorageClass");
        assertThat(first.path("Etag").asText()).isEqualTo("\"c4ca4238a0b923820dcc509a6f75849b\"");
        assertThat(first.path("Size").asLong()).isEqualTo(1);
        assertThat(first.path("LastModified").isIntegralNumber()).isTrue();
        assertThat(first.path("StorageClass").asText()).isEqualTo("STANDARD");
    }

    @Test
    void aListingEndsWithMaxItems() {
        reading.with("a", "").with("b", "").with("c", "");

        assertThat(reading.listed("", "{'MaxItems': 2}"))
                .extracting(item -> item.path("Key").asText())
                .containsExactly("a", "b");
    }

    @Test
    void objectsThatAreLoadedGiveTheirItemsOneAfterTheOther() {
        reading.with("in/a.jsonl", "1\n2").withCompressed("in/b.jsonl.gz", "3").with("in/c.jsonl", "4\n5");
        String load = "{'InputType': 'JSONL', 'Transformation': 'LOAD_AND_FLATTEN'%s}";

        assertThat(reading.listed("in/", load.formatted("")))
                .extracting(JsonNode::intValue)
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(reading.listed("in/", load.formatted(", 'MaxItems': 4")))
                .extracting(JsonNode::intValue)
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void eachFileOfCsvThatIsLoadedHasAHeader() {
        reading.with("in/a.csv", "id\n1").with("in/b.csv", "id\n2");

        assertThat(reading.listed(
                        "in/",
                        "{'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW', 'Transformation': 'LOAD_AND_FLATTEN'}"))
                .extracting(item -> item.path("id").asText())
                .containsExactly("1", "2");
    }

    @Test
    void aListingIsOfAnotherVersionWhenAnObjectChanges() {
        JsonNode parameters = Reading.json("{'Bucket': 'data'}");
        reading.with("a", "1").with("b", "2");
        String version = reading.read("listObjectsV2", parameters, "{}", null).version();
        assertThat(Reading.texts(reading.read("listObjectsV2", parameters, "{}", version)))
                .hasSize(2);

        reading.with("b", "3");

        assertThatThrownBy(() -> reading.read("listObjectsV2", parameters, "{}", version))
                .isInstanceOf(DataSetException.class)
                .hasMessage("The objects in bucket 'data' are not those that were listed before");
    }

    @Test
    void whatComesBehindMaxItemsIsNoPartOfTheVersion() {
        JsonNode parameters = Reading.json("{'Bucket': 'data'}");
        reading.with("a", "1").with("b", "2");
        String version = reading.read("listObjectsV2", parameters, "{'MaxItems': 1}", null)
                .version();

        reading.with("b", "3");

        assertThat(reading.read("listObjectsV2", parameters, "{'MaxItems': 1}", version)
                        .version())
                .isEqualTo(version);
    }

    @Test
    void aListingBeginsAfterTheKeyThatItIsTold() {
        reading.with("in/0", "0").with("in/1", "1").with("in/2", "2").with("out", "3");

        assertThat(keys("{'Bucket': 'data', 'Prefix': 'in/', 'StartAfter': 'in/0'}"))
                .containsExactly("in/1", "in/2");
        assertThat(keys("{'Bucket': 'data', 'StartAfter': 'in/11'}")).containsExactly("in/2", "out");
        assertThat(keys("{'Bucket': 'data', 'StartAfter': 'z'}")).isEmpty();
    }

    @Test
    void aDelimiterLeavesOutWhatLiesDeeper() {
        reading.with("in/1", "1").with("in/deep/2", "2").with("in/3", "3").with("4", "4");

        assertThat(keys("{'Bucket': 'data', 'Prefix': 'in/', 'Delimiter': '/'}"))
                .containsExactly("in/1", "in/3");
        assertThat(keys("{'Bucket': 'data', 'Delimiter': '/', 'MaxKeys': 1}")).containsExactly("4");
    }

    private List<String> keys(String parameters) {
        List<String> keys = new ArrayList<>();
        ItemList items = reading.read("listObjectsV2", Reading.json(parameters), "{}", null)
                .items();
        for (int i = 0; i < items.size(); i++) {
            keys.add(items.get(i).path("Key").asText());
        }
        return keys;
    }

    @Test
    void anArgumentThatWouldBePassedOverIsRefused() {
        assertThatThrownBy(() -> keys("{'Bucket': 'data', 'ContinuationToken': 'x'}"))
                .hasMessage("The ItemReader's 'ContinuationToken' is not supported here: Bucket, Prefix, StartAfter,"
                        + " Delimiter, MaxKeys, ExpectedBucketOwner are");
        assertThatThrownBy(() -> reading.read(
                        "getObject", Reading.json("{'Bucket': 'data', 'Key': 'a', 'Range': 'bytes=0-9'}"), "{}", null))
                .hasMessage("The ItemReader's 'Range' is not supported here: Bucket, Key, VersionId,"
                        + " ExpectedBucketOwner are");
    }

    @Test
    void anItemTellsWhereItComesFrom() {
        reading.with("in/1.jsonl", "1\n2").with("in/2.jsonl", "3").with("in/3.jsonl", "");

        ItemList object = reading.items("in/1.jsonl", "{}");
        ItemList listed = reading.read("listObjectsV2", Reading.json("{'Bucket': 'data', 'Prefix': 'in/'}"), "{}", null)
                .items();
        ItemList loaded = reading.read(
                        "listObjectsV2",
                        Reading.json("{'Bucket': 'data', 'Prefix': 'in/'}"),
                        "{'InputType': 'JSONL', 'Transformation': 'LOAD_AND_FLATTEN'}",
                        null)
                .items();

        assertThat(object.source(1)).isEqualTo("S3://data/in/1.jsonl");
        assertThat(listed.source(2)).isEqualTo("S3://data");
        assertThat(List.of(loaded.source(0), loaded.source(1), loaded.source(2)))
                .containsExactly("S3://data/in/1.jsonl", "S3://data/in/1.jsonl", "S3://data/in/2.jsonl");
    }

    // ---- manifests

    @Test
    void theFilesThatAManifestNamesArePartOfItsVersion() {
        JsonNode manifest = Reading.json("{'Bucket': 'data', 'Key': 'unload/manifest.csv'}");
        String config = "{'InputType': 'JSONL', 'ManifestType': 'ATHENA_DATA'}";
        reading.with("unload/1", "1\n2\n").with("unload/manifest.csv", "s3://data/unload/1\n");
        DataSet before = reading.read("getObject", manifest, config, null);

        assertThat(Reading.texts(reading.read("getObject", manifest, config, before.version())))
                .containsExactly("1", "2");
        assertThat(before.items().source(0)).isEqualTo("S3://data/unload/1");

        reading.with("unload/1", "1\n3\n");

        assertThatThrownBy(() -> reading.read("getObject", manifest, config, before.version()))
                .isInstanceOf(DataSetException.class)
                .hasMessage("The files that the manifest s3://data/unload/manifest.csv names have changed since they"
                        + " were read");
    }

    @Test
    void anInventoryNamesFilesWhoseRowsAreTheItems() {
        inventory("CSV");

        for (String config : List.of(
                "{'InputType': 'MANIFEST'}",
                "{'ManifestType': 'S3_INVENTORY'}",
                "{'InputType': 'MANIFEST', 'ManifestType': 'S3_INVENTORY'}")) {
            assertThat(reading.object("inventory/manifest.json", config))
                    .containsExactly(
                            "{\"Bucket\":\"data\",\"Key\":\"a\",\"Size\":\"1\"}",
                            "{\"Bucket\":\"data\",\"Key\":\"b\",\"Size\":\"2\"}",
                            "{\"Bucket\":\"data\",\"Key\":\"c\",\"Size\":\"3\"}");
        }
        assertThat(reading.object("inventory/manifest.json", "{'InputType': 'MANIFEST', 'MaxItems': 1}"))
                .hasSize(1);
    }

    @Test
    void anInventoryOfAnotherFormatIsRefused() {
        inventory("ORC");

        assertThatThrownBy(() -> reading.object("inventory/manifest.json", "{'InputType': 'MANIFEST'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessage("An inventory of format 'ORC' cannot be read: one of CSV can");
    }

    @Test
    void aFileThatAnInventoryNamesMustBeThere() {
        inventory("CSV");
        reading.with("inventory/manifest.json", """
            {"destinationBucket": "arn:aws:s3:::data", "fileFormat": "CSV", "fileSchema": "Bucket, Key",
             "files": [{"key": "inventory/other.csv.gz"}]}\
            """);

        assertThatThrownBy(() -> reading.object("inventory/manifest.json", "{'InputType': 'MANIFEST'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessageStartingWith("The specified key does not exist.")
                .hasMessageContaining("s3://data/inventory/other.csv.gz");
    }

    private void inventory(String format) {
        reading.withCompressed("inventory/1.csv.gz", "\"data\",\"a\",\"1\"\n\"data\",\"b\",\"2\"\n")
                .withCompressed("inventory/2.csv.gz", "\"data\",\"c\",\"3\"\n")
                .with("inventory/manifest.json", """
                    {"sourceBucket": "data", "destinationBucket": "arn:aws:s3:::data", "version": "2016-11-30",
                     "fileFormat": "%s", "fileSchema": "Bucket, Key, Size",
                     "files": [{"key": "inventory/1.csv.gz"}, {"key": "inventory/2.csv.gz"}]}\
                    """.formatted(format));
    }

    @Test
    void anUnloadOfAthenaNamesFilesOfItems() {
        reading.withCompressed("unload/1.gz", "{\"a\":1}\n{\"a\":2}\n")
                .withCompressed("unload/2.gz", "{\"a\":3}\n")
                .with("unload/manifest.csv", "s3://data/unload/1.gz\ns3://data/unload/2.gz\n");

        assertThat(reading.object("unload/manifest.csv", "{'InputType': 'JSONL', 'ManifestType': 'ATHENA_DATA'}"))
                .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertThat(reading.object(
                        "unload/manifest.csv", "{'InputType': 'JSONL', 'ManifestType': 'ATHENA_DATA', 'MaxItems': 1}"))
                .hasSize(1);
    }

    @Test
    void anUnloadMayBeOfCsv() {
        reading.with("unload/1", "1|x\n").with("unload/manifest.csv", "s3://data/unload/1\n");

        assertThat(reading.object("unload/manifest.csv", """
            {'InputType': 'CSV', 'ManifestType': 'ATHENA_DATA', 'CSVHeaderLocation': 'GIVEN',
             'CSVHeaders': ['a', 'b'], 'CSVDelimiter': 'PIPE'}\
            """)).containsExactly("{\"a\":\"1\",\"b\":\"x\"}");
    }

    @Test
    void anUnloadNamesPlacesInS3() {
        reading.with("unload/manifest.csv", "/tmp/file\n");

        assertThatThrownBy(() ->
                        reading.object("unload/manifest.csv", "{'InputType': 'JSONL', 'ManifestType': 'ATHENA_DATA'}"))
                .isInstanceOf(DataSetException.class)
                .hasMessage("The manifest names '/tmp/file', which is no s3://BUCKET/KEY");
    }

    private byte[] bytes(String key) {
        try (var content = new FolderObjects(folder).get("data", key, null).content()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
