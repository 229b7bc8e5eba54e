package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.asl.ItemReader.ReaderConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Rows of values, each an object of strings under the names in the header. Values beyond the header are passed over,
 * those that a row lacks are empty.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader</a>
 */
final class CsvItems implements ItemFormat {

    private final char delimiter;
    private final boolean headerInFile;
    private final List<String> given = new ArrayList<>();

    CsvItems(ReaderConfig config) {
        this.delimiter = switch (Objects.requireNonNullElse(config.csvDelimiter(), "COMMA")) {
            case "PIPE" -> '|';
            case "SEMICOLON" -> ';';
            case "SPACE" -> ' ';
            case "TAB" -> '\t';
            default -> ',';
        };
        this.headerInFile = !"GIVEN".equals(config.csvHeaderLocation());
        JsonNode headers = config.csvHeaders();
        if (headers != null) {
            headers.forEach(header -> given.add(header.asText()));
        }
    }

    @Override
    public void read(InputStream content, ItemSink sink) throws IOException {
        try (Reader text = new InputStreamReader(content, StandardCharsets.UTF_8)) {
            CsvRows rows = new CsvRows(text, delimiter);
            List<String> header = headerInFile ? rows.next() : given;
            if (header == null) {
                return;
            }
            if (Set.copyOf(header).size() < header.size()) {
                throw new DataSetException("CSV headers cannot contain duplicates.");
            }
            for (List<String> row = rows.next(); row != null && !sink.isFull(); row = rows.next()) {
                sink.add(item(header, row));
            }
        }
    }

    static ObjectNode item(List<String> header, List<String> row) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < header.size(); i++) {
            item.put(header.get(i), i < row.size() ? row.get(i) : "");
        }
        return item;
    }
}
