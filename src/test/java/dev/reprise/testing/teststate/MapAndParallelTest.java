package dev.reprise.testing.teststate;

import static dev.reprise.testing.teststate.Api.answer;
import static dev.reprise.testing.teststate.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/**
 * States whose children do not run: what they work out before, what they make of a mock, and the states within them.
 */
class MapAndParallelTest {

    @Test
    void aMapShowsItsItemsAndWhatItsChildrenWouldGet() {
        assertThat(answer("""
            {"definition": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2,
                            "ItemSelector": {"value.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index", "shop.$": "$.shop"},
                            "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}},
                            "ResultPath": "$.done", "OutputPath": "$.done", "Next": "After"},
             "input": {"shop": "x", "items": ["a", "b"]}, "mock": {"result": [10, 20]}, "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"output": [10, 20],
                 "inspectionData": {
                   "input": {"shop": "x", "items": ["a", "b"]},
                   "afterInputPath": {"shop": "x", "items": ["a", "b"]},
                   "afterItemsPath": ["a", "b"],
                   "afterItemSelector": [{"value": "a", "index": 0, "shop": "x"}, {"value": "b", "index": 1, "shop": "x"}],
                   "maxConcurrency": 2,
                   "afterResultSelector": [10, 20],
                   "afterResultPath": {"shop": "x", "items": ["a", "b"], "done": [10, 20]}},
                 "nextState": "After", "status": "SUCCEEDED"}\
                """));
    }

    @Test
    void aGivenContextStillHasTheItemThatIsSelected() {
        assertThat(answer("""
            {"definition": {"Type": "Map", "QueryLanguage": "JSONata", "End": true,
                            "ItemSelector": "{% $states.context.Execution.Name & $states.context.Map.Item.Value %}",
                            "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "context": {"Execution": {"Name": "run"}}, "input": ["a"], "mock": {"result": [1]}, "inspectionLevel": "DEBUG"}\
            """).at("/inspectionData/afterItemSelector")).isEqualTo(json("[\"runa\"]"));
    }

    @Test
    void aDistributedMapShowsItsBatchesAndCountsThem() {
        assertThat(answer("""
            {"definition": {"Type": "Map", "QueryLanguage": "JSONata", "End": true,
                            "ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"b": 1}},
                            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"},
                                              "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "input": [1, 2, 3], "mock": {"result": ["x", "y"]}, "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"output": ["x", "y"],
                 "inspectionData": {"input": [1, 2, 3],
                   "afterItemBatcher": [{"BatchInput": {"b": 1}, "Items": [1, 2]}, {"BatchInput": {"b": 1}, "Items": [3]}],
                   "maxConcurrency": 0},
                 "status": "SUCCEEDED"}\
                """));
    }

    @Test
    void aMapReadsTheDataThatItsReaderWouldFind() {
        assertThat(answer("""
            {"definition": {"Type": "Map", "End": true, "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                              "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
                              "Parameters": {"Bucket": "b", "Key.$": "$.key"}},
                            "ItemSelector": {"name.$": "$$.Map.Item.Value.name"},
                            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                              "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "input": {"key": "k"}, "stateConfiguration": {"mapItemReaderData": "id,name\\n1,Ada\\n2,Alan"},
             "mock": {"result": [1, 2]}, "inspectionLevel": "DEBUG"}\
            """).path("inspectionData")).isEqualTo(json("""
                {"input": {"key": "k"}, "afterInputPath": {"key": "k"},
                 "afterItemSelector": [{"name": "Ada"}, {"name": "Alan"}], "maxConcurrency": 0,
                 "afterResultSelector": [1, 2], "afterResultPath": [1, 2]}\
                """));
    }

    @Test
    void theItemsWithinADocumentAreShownAsThePointersOwn() {
        String state = """
            {"definition": {"Type": "Map", "End": true, "QueryLanguage": "JSONata",
                            "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                              "ReaderConfig": {"InputType": "JSON", "ItemsPointer": "/orders"},
                              "Arguments": {"Bucket": "b", "Key": "k"}},
                            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                              "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "stateConfiguration": {"mapItemReaderData": "DATA"}, "mock": {"result": [1, 2]}, "inspectionLevel": "DEBUG"}\
            """;
        assertThat(answer(state.replace("DATA", "{\\\"orders\\\": [7, 8]}")).at("/inspectionData/afterItemsPointer"))
                .isEqualTo(json("[7, 8]"));
        assertThat(answer(state.replace("DATA", "{}")).path("error").textValue())
                .isEqualTo("States.ItemReaderFailed");
        assertThatThrownBy(() -> answer(state.replace("\"mapItemReaderData\": \"DATA\"", "")))
                .hasMessage("ItemReader data must be specified when testing a Map state with ItemReader specified.");
    }

    @Test
    void whatAReaderListsIsGivenAsTheList() {
        assertThat(answer("""
            {"definition": {"Type": "Map", "End": true, "QueryLanguage": "JSONata", "ItemSelector": "{% $states.context.Map.Item.Value.Key %}",
                            "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Arguments": {"Bucket": "b"}},
                            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                              "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "stateConfiguration": {"mapItemReaderData": "[{\\"Key\\": \\"a\\"}]"}, "mock": {"result": [1]}, "inspectionLevel": "DEBUG"}\
            """).at("/inspectionData/afterItemSelector")).isEqualTo(json("[\"a\"]"));
    }

    @Test
    void aMapThatWritesItsResultsElsewhereGivesWhereTheyAre() {
        String state = """
            {"definition": {"Type": "Map", "End": true, "ResultSelector": {"file.$": "$.ResultWriterDetails.Key"},
                            "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "b", "Prefix": "p"}},
                            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                              "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "input": [1, 2], "mock": {"result": MOCK}}\
            """;
        assertThat(answer(state.replace("MOCK", "{\"ResultWriterDetails\": {\"Key\": \"k\"}}"))
                        .path("output"))
                .isEqualTo(json("{\"file\": \"k\"}"));
        assertThatThrownBy(() -> answer(state.replace("MOCK", "[1, 2]")))
                .hasMessage("Mocked result must be a JSON object.");
    }

    @Test
    void failuresCountOnlyAgainstATolerance() {
        assertThat(map("\"ToleratedFailurePercentage\": 50,", 2, "[1, 2]")
                        .path("status")
                        .textValue())
                .isEqualTo("SUCCEEDED");
        assertThat(map("\"ToleratedFailurePercentage\": 50,", 3, "[1]")
                        .path("error")
                        .textValue())
                .isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(map("\"ToleratedFailureCount\": 0,", 1, "[1, 2, 3]")
                        .path("error")
                        .textValue())
                .isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(map("", 4, "[1, 2, 3, 4]").path("status").textValue()).isEqualTo("SUCCEEDED");
    }

    private static JsonNode map(String tolerance, int failures, String result) {
        return answer("""
            {"definition": {"Type": "Map", %s "End": true,
                            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                                              "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "input": [1, 2, 3, 4], "stateConfiguration": {"mapIterationFailureCount": %d}, "mock": {"result": %s}}\
            """.formatted(tolerance, failures, result));
    }

    @Test
    void aMapsResultHasOneElementForEachIteration() {
        assertThatThrownBy(() -> map("", 0, "[1, 2]"))
                .hasMessage("Input array does not equal the mocked result array's size.");
    }

    @Test
    void aMapWithoutItemsTakesItsMockToo() {
        String state = """
            {"definition": {"Type": "Map", "End": true, "Catch": [{"ErrorEquals": ["Boom"], "Next": "Sorry"}],
                            "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}},
             "input": [], "mock": MOCK}\
            """;
        assertThat(answer(state.replace("MOCK", "{\"result\": []}")).path("output"))
                .isEqualTo(json("[]"));
        assertThat(answer(state.replace("MOCK", "{\"errorOutput\": {\"error\": \"Boom\"}}"))
                        .path("nextState")
                        .textValue())
                .isEqualTo("Sorry");
    }

    @Test
    void theErrorOfABranchIsHandledByTheParallel() {
        assertThat(answer("""
            {"definition": {"Type": "Parallel", "Next": "After", "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3}],
                            "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}]},
             "stateConfiguration": {"errorCausedByState": "A"}, "mock": {"errorOutput": {"error": "Busy"}},
             "inspectionLevel": "DEBUG"}\
            """)).isEqualTo(json("""
                {"error": "Busy", "inspectionData": {"input": {}, "errorDetails": {"retryIndex": 0, "retryBackoffIntervalSeconds": 3}},
                 "status": "RETRIABLE"}\
                """));
    }

    // ---- states within

    private static final String NESTED = """
        {"StartAt": "Each", "States": {
           "Each": {"Type": "Map", "Next": "After", "Catch": [{"ErrorEquals": ["ERROR"], "ResultPath": "$.why", "Next": "Sorry"}],
                    "ItemProcessor": {PROCESSOR "StartAt": "Fork", "States": {
                      "Fork": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "Charge", "States": {
                         "Charge": {"Type": "Task", "Resource": "task:charge", "End": true,
                                    "Parameters": {"item.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index"}}}}]}}}},
           "After": {"Type": "Succeed"}, "Sorry": {"Type": "Fail"}}}\
        """;

    @Test
    void aStateWithinAMapRunsForTheFirstItem() {
        assertThat(answer("""
            {"definition": %s, "stateName": "Charge", "input": [5], "mock": {"result": 1}, "inspectionLevel": "DEBUG"}\
            """.formatted(nested("", "Boom"))).at("/inspectionData/afterParameters"))
                .isEqualTo(json("{\"item\": [5], \"index\": 0}"));
    }

    @Test
    void anErrorGoesOutwardsToWhoeverHandlesIt() {
        assertThat(answer("""
            {"definition": %s, "stateName": "Charge", "input": {"a": 1}, "mock": {"errorOutput": {"error": "Boom", "cause": "c"}},
             "inspectionLevel": "DEBUG"}\
            """.formatted(nested("", "Boom")))).isEqualTo(json("""
                {"output": {"a": 1, "why": {"Error": "Boom", "Cause": "c"}}, "error": "Boom", "cause": "c",
                 "inspectionData": {"input": {"a": 1}, "afterInputPath": {"a": 1}, "afterParameters": {"item": {"a": 1}, "index": 0},
                                    "errorDetails": {"catchIndex": 0}},
                 "nextState": "Sorry", "status": "CAUGHT_ERROR"}\
                """));
    }

    @Test
    void anErrorThatNobodyHandlesIsTheStatesOwn() {
        assertThat(answer("""
            {"definition": %s, "stateName": "Charge", "input": {}, "mock": {"errorOutput": {"error": "Boom"}}}\
            """.formatted(nested("", "Other"))))
                .isEqualTo(json("{\"error\": \"Boom\", \"status\": \"FAILED\"}"));
    }

    @Test
    void aDistributedMapHandlesThatTooManyItemsFailed() {
        assertThat(answer("""
            {"definition": %s, "stateName": "Charge", "input": {}, "mock": {"errorOutput": {"error": "Boom"}}}\
            """.formatted(nested(
                                "\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"},",
                                "States.ExceedToleratedFailureThreshold")))
                        .path("status")
                        .textValue())
                .isEqualTo("CAUGHT_ERROR");
    }

    private static String nested(String processor, String caught) {
        return NESTED.replace("PROCESSOR", processor).replace("ERROR", caught);
    }
}
