package dev.reprise.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.MapResults;
import dev.reprise.execution.MapResults.Group;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that results are written to. */
class ResultFilesTest {

    private static final String RUN = "arn:aws:states:us-east-1:111111111111:mapRun:test/Lines:42";

    @TempDir
    Path folder;

    @Test
    void jsonIsOneArray() throws IOException {
        JsonNode answer = write("{'Bucket': 'results', 'Prefix': 'runs'}", file("JSON", "1", "{'a': 'ä'}"));

        assertThat(folder.resolve("results/runs/42/SUCCEEDED_0.json")).hasContent("[1,{\"a\":\"ä\"}]");
        assertThat(answer).isEqualTo(json("{'Key': 'runs/42/SUCCEEDED_0.json', 'Size': 14}"));
    }

    @Test
    void jsonLinesHaveALineForEachValue() throws IOException {
        write("{'Bucket': 'results'}", file("JSONL", "1", "{'a': 'b\\nc'}"));

        assertThat(folder.resolve("results/42/SUCCEEDED_0.jsonl")).hasContent("1\n{\"a\":\"b\\nc\"}\n");
    }

    @Test
    void theManifestNamesTheFiles() {
        JsonNode files = json("{'FAILED': [], 'PENDING': [], 'SUCCEEDED': [{'Key': 'k', 'Size': 3}]}");

        JsonNode answer = write("{'Bucket': 'results', 'Prefix': 'runs/'}", new MapResults.Manifest(files));

        assertThat(folder.resolve("results/runs/42/manifest.json"))
                .hasContent("{\"DestinationBucket\":\"results\",\"MapRunArn\":\"" + RUN + "\",\"ResultFiles\":" + files
                        + "}");
        assertThat(answer)
                .isEqualTo(json("{'MapRunArn': '" + RUN + "', 'ResultWriterDetails': {'Bucket': 'results',"
                        + " 'Key': 'runs/42/manifest.json'}}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''             | 42/manifest.json
        runs           | runs/42/manifest.json
        runs/          | runs/42/manifest.json
        runs/of/today  | runs/of/today/42/manifest.json
        """)
    void thePrefixIsAFolder(String prefix, String key) {
        JsonNode parameters =
                JsonNodeFactory.instance.objectNode().put("Bucket", "results").put("Prefix", prefix);

        JsonNode answer = new ResultFiles(new FolderObjects(folder))
                .write(new MapResults(RUN, parameters, new MapResults.Manifest(json("{}"))));

        assertThat(answer.at("/ResultWriterDetails/Key").asText()).isEqualTo(key);
    }

    @Test
    void theBucketMustBeNamed() {
        assertThatThrownBy(() -> write("{'Bucket': 7}", file("JSON", "1")))
                .isInstanceOf(DataSetException.class)
                .hasMessage("The ResultWriter's 'Bucket' must be a string but was: 7");
    }

    private JsonNode write(String parameters, MapResults.Part part) {
        return new ResultFiles(new FolderObjects(folder)).write(new MapResults(RUN, json(parameters), part));
    }

    private static MapResults.File file(String type, String... values) {
        return new MapResults.File(
                Group.SUCCEEDED,
                0,
                type,
                List.of(values).stream().map(ResultFilesTest::json).toList());
    }

    private static JsonNode json(String text) {
        try {
            return JsonItems.JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
