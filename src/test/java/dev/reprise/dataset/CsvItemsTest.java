package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Items from text with delimiters, by the rules that AWS documents. */
class CsvItemsTest {

    private static final String FIRST_ROW = "{'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW'}";

    @TempDir
    Path folder;

    private Reading reading;

    @BeforeEach
    void begin() {
        reading = new Reading(folder);
    }

    private List<String> read(String content, String config) {
        return reading.with("a.csv", content).object("a.csv", config);
    }

    @Test
    void theFirstRowNamesTheColumns() {
        assertThat(read("id,name\n1,Ada\n2,Grace\n", FIRST_ROW))
                .containsExactly("{\"id\":\"1\",\"name\":\"Ada\"}", "{\"id\":\"2\",\"name\":\"Grace\"}");
    }

    @Test
    void orTheDefinitionDoes() {
        String given = "{'InputType': 'CSV', 'CSVHeaderLocation': 'GIVEN', 'CSVHeaders': ['id', 'name']}";

        assertThat(read("1,Ada\n2,Grace", given))
                .containsExactly("{\"id\":\"1\",\"name\":\"Ada\"}", "{\"id\":\"2\",\"name\":\"Grace\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"COMMA,`,`", "PIPE,|", "SEMICOLON,;", "SPACE,` `", "TAB,`\t`"})
    void columnsArePartedByTheDelimiter(String name, String delimiter) {
        String config = "{'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW', 'CSVDelimiter': '" + name + "'}";

        assertThat(read("a%sb\n1%s2".replace("%s", delimiter), config)).containsExactly("{\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void missingValuesAreEmptyAndAdditionalOnesSkipped() {
        assertThat(read("a,b\n1\n1,2,3\n,\n", FIRST_ROW))
                .containsExactly("{\"a\":\"1\",\"b\":\"\"}", "{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"\",\"b\":\"\"}");
    }

    @Test
    void emptyLinesAreNoRows() {
        assertThat(read("\na\n\n1\r\n\r\n2\n\n", FIRST_ROW)).containsExactly("{\"a\":\"1\"}", "{\"a\":\"2\"}");
    }

    @Test
    void thereMayBeNoRows() {
        assertThat(read("a,b\n", FIRST_ROW)).isEmpty();
        assertThat(read("", FIRST_ROW)).isEmpty();
    }

    @Test
    void namesOfColumnsAreUnique() {
        assertThatThrownBy(() -> read("a,b,a\n1,2,3\n", FIRST_ROW))
                .isInstanceOf(DataSetException.class)
                .hasMessage("CSV headers cannot contain duplicates.");
    }

    @Test
    void noMoreThanMaxItemsAreRead() {
        String rows = "a\n1\n2\n3\n";
        String config = "{'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW', 'MaxItems': %s}";

        assertThat(read(rows, config.formatted(2))).hasSize(2);
        assertThat(read(rows, config.formatted(100_000_000))).hasSize(3);
        assertThat(read(rows, config.formatted(0))).hasSize(3);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() {
        assertThat(read("\uFEFFa\n1", FIRST_ROW)).containsExactly("{\"a\":\"1\"}");
    }

    @Test
    void gzipIsTakenOff() {
        assertThat(reading.withCompressed("a.csv.gz", "a\n1").object("a.csv.gz", FIRST_ROW))
                .containsExactly("{\"a\":\"1\"}");
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("plain text", "plain text"),
                Arguments.of(" spaces stay ", " spaces stay "),
                Arguments.of("\"in quotes, with a delimiter\"", "in quotes, with a delimiter"),
                Arguments.of("\"two\nlines\"", "two\nlines"),
                Arguments.of("\"two\r\nlines\"", "two\r\nlines"),
                Arguments.of("\"say \"\"hi\"\"\"", "say \"hi\""),
                Arguments.of("{\"\"key\"\":\"\"value\"\"}", "{\"key\":\"value\"}"),
                Arguments.of("\"\"", ""),
                Arguments.of("5\" disk", "5\" disk"),
                Arguments.of("\"a\" and more", "a and more"),
                Arguments.of("C:\\\\Program Files\\\\My.exe", "C:\\Program Files\\My.exe"),
                Arguments.of("one\\,value", "one,value"),
                Arguments.of("\"say \\\"hi\\\"\"", "say \"hi\""),
                Arguments.of("say \\\"hi\\\"", "say \"hi\""),
                Arguments.of("a\\bc", "abc"),
                Arguments.of("ends with \\", "ends with "),
                Arguments.of("äöü \uD83D\uDE00", "äöü \uD83D\uDE00"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueIsReadByAwssRules(String written, String value) throws JsonProcessingException {
        List<String> items = read("a,b\n" + written + "\nx,y", FIRST_ROW);

        JsonNode first = new ObjectMapper().readTree(items.get(0));
        assertThat(first.path("a").textValue()).isEqualTo(value);
    }

    @Test
    void aQuotationMarkThatIsNeverClosedIsRefusedForItWouldTakeInAllTheRest() {
        assertThatThrownBy(() -> read("a,b\n1,2\n\"never ends,3\n4,5\n", FIRST_ROW))
                .isInstanceOf(DataSetException.class)
                .hasMessage("s3://data/a.csv cannot be read: the quotation mark in line 3 is not closed");
    }

    @Test
    void aBackslashProtectsTheDelimiterThatIsConfigured() {
        String pipes = "{'InputType': 'CSV', 'CSVHeaderLocation': 'FIRST_ROW', 'CSVDelimiter': 'PIPE'}";

        assertThat(read("a|b\none\\|value|x\\,y", pipes)).containsExactly("{\"a\":\"one|value\",\"b\":\"x,y\"}");
    }

    @Test
    void rowsMayBeLongerThanAnyBuffer() {
        String large = "x".repeat(100_000);

        assertThat(read("a,b\n" + large + ",\"" + large + "\"\n1,2\n", FIRST_ROW))
                .containsExactly("{\"a\":\"" + large + "\",\"b\":\"" + large + "\"}", "{\"a\":\"1\",\"b\":\"2\"}");
    }
}
