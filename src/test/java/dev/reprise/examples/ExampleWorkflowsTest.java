package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.runtime.ExecutionDescription;
import dev.reprise.runtime.Executions;
import dev.reprise.runtime.Invocation;
import dev.reprise.runtime.WorkflowCatalogue;
import dev.reprise.runtime.WorkflowFile;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each workflow in {@code workflows/}, with the sample input beside it. */
@QuarkusTest
class ExampleWorkflowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Executions executions;

    @Inject
    WorkflowCatalogue workflows;

    @ParameterizedTest
    @ValueSource(strings = {"square-numbers", "process-orders", "regions", "divide", "fan-out"})
    void givesTheExpectedOutputForItsSampleInput(String workflow) throws Exception {
        assertThat(output(workflow, sample(workflow))).isEqualTo(expected(workflow));
    }

    @Test
    void remindsTheApprover() throws Exception {
        // A moment's wait: what a long one does is the runtime's business, and tested there.
        ObjectNode input = ((ObjectNode) sample("approval-reminder")).put("remindAfterSeconds", 0);

        assertThat(output("approval-reminder", input)).isEqualTo(expected("approval-reminder"));
    }

    @Test
    void sumsUpAFileOfTenThousandOrders() throws Exception {
        Path file = Path.of("target", "orders.csv");
        GenerateOrderFile.write(file, 10_000);
        long cents = 0;
        long largest = 0;
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(",", -1);
            long price = Long.parseLong(fields[2]) * Long.parseLong(fields[3]);
            cents += price;
            largest = Math.max(largest, price);
        }

        assertThat(output("order-file", sample("order-file")))
                .isEqualTo(JSON.readTree(
                        "{\"lines\": 10000, \"cents\": " + cents + ", \"largestCents\": " + largest + "}"));
    }

    @Test
    void aMissingOrderFileSaysHowToMakeOne() throws Exception {
        ExecutionDescription execution = run("order-file", JSON.readTree("{\"file\": \"target/none.csv\"}"));

        assertThat(execution.error()).isEqualTo("NoOrderFile");
        assertThat(execution.cause()).endsWith("GenerateOrderFile.java target/none.csv 10000");
    }

    @Test
    void everyWorkflowIsValidAndHasASampleInput() {
        List<WorkflowFile> all = workflows.all();

        assertThat(all)
                .extracting(WorkflowFile::name)
                .containsExactly(
                        "approval-reminder",
                        "divide",
                        "fan-out",
                        "order-file",
                        "process-orders",
                        "regions",
                        "square-numbers");
        assertThat(all).allSatisfy(file -> {
            assertThat(file.errors()).isEmpty();
            assertThat(file.warnings()).isEmpty();
            assertThat(file.path().resolveSibling(file.name() + ".input.json")).isRegularFile();
        });
    }

    private JsonNode output(String workflow, JsonNode input) {
        ExecutionDescription execution = run(workflow, input);
        assertThat(execution.status())
                .as(execution.error() + ": " + execution.cause())
                .isEqualTo("SUCCEEDED");
        return execution.output();
    }

    private ExecutionDescription run(String workflow, JsonNode input) {
        return executions.start(
                workflow, null, input, new Invocation(UUID.randomUUID().toString(), "", null));
    }

    private static JsonNode sample(String workflow) throws Exception {
        return JSON.readTree(new File("workflows", workflow + ".input.json"));
    }

    private static JsonNode expected(String workflow) throws Exception {
        return JSON.readTree(ExampleWorkflowsTest.class.getResourceAsStream("/workflows/" + workflow + ".output.json"));
    }
}
