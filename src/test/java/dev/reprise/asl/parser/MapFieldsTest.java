package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Map's fields, plain and distributed. */
class MapFieldsTest {

    private static final String BODY = "\"StartAt\": \"I\", \"States\": {\"I\": {\"Type\": \"Succeed\"}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "ItemsPath": "items"                                          | /ItemsPath: Value must be a valid JSONPath.
        "MaxConcurrency": -1                                          | /MaxConcurrency: Minimum value is 0
        "MaxConcurrency": 1, "MaxConcurrencyPath": "$.m"              | : There should only be one of the following fields: [MaxConcurrency, MaxConcurrencyPath]
        "MaxConcurrencyPath": "$$.Execution.Input.m"                  | /MaxConcurrencyPath: Value is not a Reference Path
        "ToleratedFailurePercentage": 100.5                           | /ToleratedFailurePercentage: Maximum value is 100.0
        "ToleratedFailurePercentage": -1                              | /ToleratedFailurePercentage: Minimum value is 0.0
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {}} | /ItemReader: warning: Field 'ItemReader' is only supported in a distributed Map: an inline one that has it fails when it is entered (set "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"})
        "Iterator": {"StartAt": "J", "States": {"J": {"Type": "Succeed"}}} | : There should only be one of the following fields: [ItemProcessor, Iterator]
        "Arguments": {}                                               | /Arguments: Field 'Arguments' is not supported
        """)
    void aMapThatIsWrongInOneThing(String fields, String problem) {
        assertThat(map("", fields)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject"}        | /ItemReader: These fields are required: [Parameters]
        "ItemReader": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {}} | /ItemReader/Resource: The field 'Resource' does not match any of the allowed values (it may be arn:aws:states:::s3:getObject or arn:aws:states:::s3:listObjectsV2)
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {}, "ReaderConfig": {"InputType": "CSV"}} | /ItemReader/ReaderConfig: The field 'CSVHeaderLocation' is required
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {}, "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "GIVEN"}} | /ItemReader/ReaderConfig: These fields are required: [CSVHeaders]
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {}, "ReaderConfig": {"InputType": "XML"}} | /ItemReader/ReaderConfig/InputType: Value should be one of the following: [JSON, JSONL, CSV, PARQUET, MANIFEST]
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {}, "ReaderConfig": {"MaxItems": 100000001}} | /ItemReader/ReaderConfig/MaxItems: Maximum value is 100000000
        "ItemBatcher": {"MaxItemsPerBatch": 1, "MaxItemsPerBatchPath": "$.n"} | /ItemBatcher: There should only be one of the following fields: [MaxItemsPerBatch, MaxItemsPerBatchPath]
        "ItemBatcher": {"BatchInput": {"a": 1}}                              | /ItemBatcher: One of the following fields is required: [MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath]
        "ItemBatcher": {"MaxInputBytesPerBatch": 262145}                   | /ItemBatcher/MaxInputBytesPerBatch: Maximum value is 262144
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject"}      | /ResultWriter: These fields are required: [Parameters]
        "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {}, "ReaderConfig": {"Transformation": "LOAD_AND_FLATTEN"}} | /ItemReader/ReaderConfig: These fields are required: [InputType] ("Transformation": "LOAD_AND_FLATTEN" reads the objects that are listed: say what they hold)
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "Parameters": {}, "ReaderConfig": {"ManifestType": "S3_INVENTORY", "InputType": "MANIFEST"}} | /ItemReader/ReaderConfig/InputType: Field 'InputType' is not supported (what "ManifestType": "S3_INVENTORY" names is always CSV)
        "ResultWriter": {"Parameters": {"Bucket": "b"}}                    | /ResultWriter: These fields are required: [Resource]
        "ResultWriter": {}                                                 | /ResultWriter: The field 'ResultWriter' cannot be empty (give it a WriterConfig, or Resource and Parameters, or all three)
        "ResultWriter": {"WriterConfig": {"OutputType": "CSV"}}            | /ResultWriter/WriterConfig/OutputType: Value should be one of the following: [JSON, JSONL]
        """)
    void aDistributedMapThatIsWrongInOneThing(String fields, String problem) {
        assertThat(map("\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}, ", fields))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"ResultWriter\": {\"WriterConfig\": {\"Transformation\": \"FLATTEN\"}}",
                "\"ItemReader\": {\"Resource\": \"arn:aws:states:::s3:getObject\", \"Parameters\": {},"
                        + " \"ReaderConfig\": {\"ManifestType\": \"S3_INVENTORY\"}}",
                "\"ItemReader\": {\"Resource\": \"arn:aws:states:::s3:getObject\", \"Parameters\": {},"
                        + " \"ReaderConfig\": {\"ManifestType\": \"ATHENA_DATA\", \"InputType\": \"JSONL\"}}"
            })
    void aDistributedMapThatIsRight(String fields) {
        assertThat(map("\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}, ", fields))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"Mode": "DISTRIBUTED"}                                 | : These fields are required: [ExecutionType]
        {"Mode": "INLINE", "ExecutionType": "STANDARD"}         | /ExecutionType: Field 'ExecutionType' is not supported (it belongs to "Mode": "DISTRIBUTED")
        {"Mode": "DISTRIBUTED", "ExecutionType": "express"}     | /ExecutionType: Value should be one of the following: [STANDARD, EXPRESS] (did you mean 'EXPRESS'?)
        {"Mode": "PARALLEL"}                                    | /Mode: Value should be one of the following: [INLINE, DISTRIBUTED]
        """)
    void aProcessorConfigThatIsWrong(String config, String problem) {
        assertThat(map("\"ProcessorConfig\": " + config + ", ", "\"MaxConcurrency\": 1"))
                .containsExactly("/ItemProcessor/ProcessorConfig" + problem);
    }

    /** Step Functions takes it and makes nothing of it. */
    @Test
    void anInlineMapMayHaveALabel() {
        assertThat(Checked.state("""
            {"Type": "Map", "Label": "Rows", "MaxConcurrency": 1, "End": true,
             "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}\
            """)).isEmpty();
    }

    @Test
    void aLabelHasAtMostFortyCharacters() {
        String label = "x".repeat(41);
        assertThat(map(
                        "\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}, ",
                        "\"Label\": \"" + label + "\""))
                .singleElement()
                .asString()
                .startsWith("/Label: Invalid Label name: Label '" + label
                        + "' exceeds the 40-character limit allowed by the service");
    }

    @Test
    void aLabelIsPartOfAName() {
        assertThat(map(
                        "\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}, ",
                        "\"Label\": \"all of\""))
                .singleElement()
                .asString()
                .startsWith("/Label: 'all of' is no label (a label has 1 to 40 characters, none of them white space");
    }

    @Test
    void callingOthersForAllItemsAtOnceIsDoubtful() {
        String map = """
            {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "P", "States": {
              "P": {"Type": "Parallel", "End": true, "Branches": [
                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:1:function:f", "End": true}}}]}}}%s}
            """;
        assertThat(Checked.state(map.formatted("")))
                .containsExactly(
                        ": warning: without MaxConcurrency all items call arn:aws:lambda:us-east-1:1:function:f at"
                                + " once (set MaxConcurrency to what the other side bears)");
        assertThat(Checked.state(map.formatted(", \"MaxConcurrency\": 5"))).isEmpty();
        assertThat(Checked.state(map.formatted("").replace("arn:aws:lambda:us-east-1:1:function:f", "task:f")))
                .isEmpty();
    }

    private static List<String> map(String processor, String fields) {
        return Checked.state(
                "{\"Type\": \"Map\", \"End\": true, \"ItemProcessor\": {" + processor + BODY + "}, " + fields + "}");
    }
}
