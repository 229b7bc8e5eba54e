package dev.reprise.asl.parser;

import static dev.reprise.asl.parser.Field.jsonPath;
import static dev.reprise.asl.parser.Field.jsonata;
import static dev.reprise.asl.parser.Field.optional;
import static dev.reprise.asl.parser.Field.required;
import static dev.reprise.asl.parser.Field.requiredIn;
import static dev.reprise.asl.parser.Values.STRING;
import static dev.reprise.asl.parser.Values.computed;
import static dev.reprise.asl.parser.Values.wholeNumber;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.QueryLanguage;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The fields of a Map and of what stands in it.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html">AWS, Map state</a>
 */
final class MapTables {

    private static final int LONGEST_LABEL = 40;
    private static final int MOST_BATCH_BYTES = 262_144;
    private static final int MOST_ITEMS = 100_000_000;

    private static final FieldType COUNT = computed(wholeNumber(0, Integer.MAX_VALUE));

    private static final Pattern LABEL = Pattern.compile("[^\\s?*<>{}\\[\\]:;,\\\\|^~$#%&`\"\\x00-\\x1f\\x7f-\\x9f]+");

    private static final FieldTable READER_CONFIG = FieldTable.of(
                    optional("InputType", Values.oneOf("JSON", "JSONL", "CSV", "PARQUET", "MANIFEST")),
                    optional("Transformation", Values.oneOf("NONE", "LOAD_AND_FLATTEN")),
                    optional("ManifestType", Values.oneOf("S3_INVENTORY", "ATHENA_DATA")),
                    optional("CSVHeaderLocation", Values.oneOf("FIRST_ROW", "GIVEN")),
                    optional("CSVHeaders", Values.arrayOf(STRING)),
                    optional("CSVDelimiter", Values.oneOf("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB")),
                    optional("ItemsPointer", STRING),
                    optional("MaxItems", computed(wholeNumber(0, MOST_ITEMS))),
                    jsonPath("MaxItemsPath", Paths.REFERENCE_PATH))
            .atMostOneOf("MaxItems", "MaxItemsPath")
            .also(MapTables::checkHeaders)
            .also(MapTables::checkInputType);

    private static final FieldTable ITEM_READER = FieldTable.of(
            required("Resource", Resources.ITEM_READER),
            requiredIn(QueryLanguage.JSONPATH, "Parameters", PayloadTemplates.OBJECT),
            requiredIn(QueryLanguage.JSONATA, "Arguments", Jsonata.OBJECT_TEMPLATE),
            optional("ReaderConfig", READER_CONFIG));

    private static final FieldTable ITEM_BATCHER = FieldTable.of(
                    optional("BatchInput", Templates.OBJECT),
                    optional("MaxItemsPerBatch", COUNT),
                    jsonPath("MaxItemsPerBatchPath", Paths.REFERENCE_PATH),
                    optional("MaxInputBytesPerBatch", computed(wholeNumber(0, MOST_BATCH_BYTES))),
                    jsonPath("MaxInputBytesPerBatchPath", Paths.REFERENCE_PATH))
            .atMostOneOf("MaxItemsPerBatch", "MaxItemsPerBatchPath")
            .atMostOneOf("MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath")
            .atLeastOneOf(
                    "MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath");

    private static final FieldTable WRITER_CONFIG = FieldTable.of(
            optional("Transformation", Values.oneOf("NONE", "COMPACT", "FLATTEN")),
            optional("OutputType", Values.oneOf("JSON", "JSONL")));

    private static final FieldTable RESULT_WRITER = FieldTable.of(
                    optional("Resource", Resources.RESULT_WRITER),
                    jsonPath("Parameters", PayloadTemplates.OBJECT),
                    jsonata("Arguments", Jsonata.OBJECT_TEMPLATE),
                    optional("WriterConfig", WRITER_CONFIG))
            .also(MapTables::checkDestination);

    private static final List<String> DISTRIBUTED_ONLY = List.of("ItemReader", "ItemBatcher", "ResultWriter");

    private MapTables() {}

    /** The Map's own fields on top of those of every state that does work. */
    static FieldTable map(FieldTable working) {
        return working.and(
                        optional("ItemProcessor", MapTables::checkProcessor),
                        optional("Iterator", MapTables::checkProcessor),
                        jsonPath("ItemsPath", Paths.REFERENCE_PATH_OR_CONTEXT),
                        jsonata("Items", MapTables::checkItems),
                        optional("ItemSelector", Templates.ANY),
                        jsonPath("Parameters", PayloadTemplates.TEMPLATE),
                        optional("MaxConcurrency", COUNT),
                        jsonPath("MaxConcurrencyPath", Paths.REFERENCE_PATH),
                        optional("ToleratedFailureCount", COUNT),
                        jsonPath("ToleratedFailureCountPath", Paths.REFERENCE_PATH),
                        optional("ToleratedFailurePercentage", computed(Values.number(0.0, 100.0))),
                        jsonPath("ToleratedFailurePercentagePath", Paths.REFERENCE_PATH),
                        optional("ItemReader", ITEM_READER),
                        optional("ItemBatcher", ITEM_BATCHER),
                        optional("ResultWriter", RESULT_WRITER),
                        optional("Label", MapTables::checkLabel),
                        optional("Reprise", CompletionTables.MAP))
                .exactlyOneOf("ItemProcessor", "Iterator")
                .atMostOneOf("ItemSelector", "Parameters")
                .atMostOneOf("MaxConcurrency", "MaxConcurrencyPath")
                .atMostOneOf("ToleratedFailureCount", "ToleratedFailureCountPath")
                .atMostOneOf("ToleratedFailurePercentage", "ToleratedFailurePercentagePath")
                .also(MapTables::checkMode)
                .also(CompletionTables::checkMap)
                .also(UnboundedMaps::check);
    }

    private static void checkItems(JsonNode value, Place place, Checking checking) {
        if (value.isArray() || value.isObject() || Jsonata.isExpression(value)) {
            Jsonata.TEMPLATE.check(value, place, checking);
        } else {
            Values.mustBe("an array, an object or a JSONata expression", "Array", value, place, checking);
        }
    }

    private static void checkProcessor(JsonNode value, Place place, Checking checking) {
        JsonNode config = value.path("ProcessorConfig");
        Place at = place.member("ProcessorConfig");
        boolean express = config.path("ExecutionType").asText().equals("EXPRESS");
        if (isDistributed(value)) {
            Checking apart = checking.within(checking.scope().apart());
            BodyTables.ITEM_PROCESSOR.check(value, place, express ? apart.runBy(ExecutionType.EXPRESS) : apart);
            if (!config.has("ExecutionType")) {
                checking.problems().error(at, "These fields are required: [ExecutionType]");
            }
            if (checking.executionType() == ExecutionType.EXPRESS) {
                checking.problems()
                        .error(
                                at.member("Mode"),
                                "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state"
                                        + " machines");
            }
        } else {
            BodyTables.ITEM_PROCESSOR.check(value, place, checking);
            if (config.has("ExecutionType")) {
                checking.problems().unsupported("ExecutionType", at, "it belongs to \"Mode\": \"DISTRIBUTED\"");
            }
        }
    }

    private static boolean isDistributed(JsonNode processor) {
        return processor.path("ProcessorConfig").path("Mode").asText().equals("DISTRIBUTED");
    }

    /** What only a distributed Map knows what to do with. Step Functions takes the definition, and fails the state. */
    private static void checkMode(JsonNode map, Place place, Checking checking) {
        if (!isDistributed(map.path("ItemProcessor")) && !isDistributed(map.path("Iterator"))) {
            for (String field : DISTRIBUTED_ONLY) {
                if (map.has(field)) {
                    checking.problems()
                            .warning(
                                    "INLINE_MAP",
                                    place.member(field),
                                    "Field '" + field + "' is only supported in a distributed Map: an inline one that"
                                            + " has it fails when it is entered",
                                    "set \"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\":"
                                            + " \"STANDARD\"}");
                }
            }
        }
    }

    private static void checkHeaders(JsonNode config, Place place, Checking checking) {
        String type = config.path("InputType").asText();
        String location = config.path("CSVHeaderLocation").asText();
        if (type.equals("CSV") && location.isEmpty()) {
            checking.problems().error(place, "The field 'CSVHeaderLocation' is required");
        }
        if (type.equals("JSON") && config.has("CSVHeaderLocation")) {
            checking.problems().unsupported("CSVHeaderLocation", place, "JSON has no header");
        }
        if (location.equals("GIVEN") && !config.has("CSVHeaders")) {
            checking.problems().error(place, "These fields are required: [CSVHeaders]");
        }
    }

    /**
     * What is loaded must be known to be read; the files of an inventory are CSV and nothing else.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">AWS, ItemReader,
     *     ReaderConfig</a>
     */
    private static void checkInputType(JsonNode config, Place place, Checking checking) {
        if (config.path("Transformation").asText().equals("LOAD_AND_FLATTEN") && !config.has("InputType")) {
            checking.problems()
                    .error(
                            place,
                            "These fields are required: [InputType]",
                            "\"Transformation\": \"LOAD_AND_FLATTEN\" reads the objects that are listed: say what they"
                                    + " hold");
        }
        if (config.path("ManifestType").asText().equals("S3_INVENTORY") && config.has("InputType")) {
            checking.problems()
                    .unsupported("InputType", place, "what \"ManifestType\": \"S3_INVENTORY\" names is always CSV");
        }
    }

    /**
     * Whoever names where results are written also says into which bucket, and the other way round; and a writer says
     * at least something.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html">AWS,
     *     ResultWriter, Required field combinations</a>
     */
    private static void checkDestination(JsonNode writer, Place place, Checking checking) {
        String request = checking.isJsonata() ? "Arguments" : "Parameters";
        if (writer.has("Resource") && !writer.has(request)) {
            checking.problems().error(place, "These fields are required: [" + request + "]");
        } else if (writer.has(request) && !writer.has("Resource")) {
            checking.problems().error(place, "These fields are required: [Resource]");
        } else if (writer.isObject() && writer.isEmpty()) {
            checking.problems()
                    .error(
                            place,
                            "The field 'ResultWriter' cannot be empty",
                            "give it a WriterConfig, or Resource and " + request + ", or all three");
        }
    }

    private static void checkLabel(JsonNode value, Place place, Checking checking) {
        if (!value.isTextual()) {
            Values.mustBe("a string", "String", value, place, checking);
            return;
        }
        String label = value.textValue();
        if (label.isEmpty()
                || label.length() > LONGEST_LABEL
                || !LABEL.matcher(label).matches()) {
            checking.problems()
                    .error(
                            "INVALID_LABEL_NAME",
                            place,
                            label.length() > LONGEST_LABEL
                                    ? BodyTables.tooLong("Label", label, LONGEST_LABEL)
                                    : "'" + label + "' is no label",
                            "a label has 1 to " + LONGEST_LABEL
                                    + " characters, none of them white space, a control character or one of ? * < > {"
                                    + " } [ ] : ; , \\ | ^ ~ $ # % & ` \"");
        }
    }
}
