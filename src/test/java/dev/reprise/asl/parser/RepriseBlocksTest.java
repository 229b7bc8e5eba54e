package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields that only this engine has. */
class RepriseBlocksTest {

    private static final String BODY = "{\"StartAt\": \"I\", \"States\": {\"I\": {\"Type\": \"Succeed\"}}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"Durability": "none"}    | /Reprise/Durability: Value should be one of the following: [JOURNALED, NONE] (did you mean 'NONE'?)
        {"Retention": "14 days"}  | /Reprise/Retention: Retention must be a positive ISO-8601 period of days, weeks, months or years (write it as in P14D)
        {"Retention": "P0D"}      | /Reprise/Retention: Retention must be a positive ISO-8601 period of days, weeks, months or years (write it as in P14D)
        {"Redact": "$.a"}         | /Reprise/Redact: Value must be an array, was the string '$.a'
        {"Redact": []}            | /Reprise/Redact: Value cannot be empty
        {"Redact": ["$.a[0]"]}    | /Reprise/Redact/0: Redact has paths of names and [*] (write one as in $.card.number, $.cards[*].number or $['card number'])
        {"Retain": "P1D"}         | /Reprise/Retain: Field 'Retain' is not supported
        """)
    void ofAMachine(String block, String problem) {
        assertThat(Checked.machine("{\"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Succeed\"}}, \"Reprise\": "
                        + block + "}"))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"MinSuccessful": 3}                                | /MinSuccessful: MinSuccessful is 3, but there are only 2 branches (ask for at most 2)
        {"MinSuccessful": 0}                                | /MinSuccessful: Minimum value is 1
        {"MinSuccessful": 1.5}                              | /MinSuccessful: Value must be a whole number, was 1.5
        {"MinSuccessful": 1, "MinSuccessfulPath": "$.m"}    | : There should only be one of the following fields: [MinSuccessful, MinSuccessfulPath]
        {"MinSuccesful": 1}                                 | /MinSuccesful: Field 'MinSuccesful' is not supported (did you mean 'MinSuccessful'?)
        {"ToleratedFailureCount": -1}                       | /ToleratedFailureCount: Minimum value is 0
        {"ToleratedFailurePercentage": 101}                 | /ToleratedFailurePercentage: Maximum value is 100.0
        {"ToleratedFailurePercentage": -0.5}                | /ToleratedFailurePercentage: Minimum value is 0.0
        {"MaxConcurrency": -1}                              | /MaxConcurrency: Minimum value is 0
        {"Result": "LIST"}                                  | /Result: Value should be one of the following: [VALUES, BATCH]
        {"Nesting": "flat"}                                 | /Nesting: Value should be one of the following: [NESTED, FLAT] (did you mean 'FLAT'?)
        {"ItemName": ["left"]}                              | /ItemName: ItemName has 1 names for 2 branches (give each branch one, in their order)
        {"CaptureErrors": true, "ToleratedFailureCount": 1} | /CaptureErrors: warning: CaptureErrors lets every failure pass, so ToleratedFailureCount is never exceeded (remove one of them)
        {"Semantics": "AT_MOST_ONCE_PER_RETRY"}             | /Semantics: Field 'Semantics' is not supported
        """)
    void ofAParallel(String block, String problem) {
        String branches = "[" + BODY + ", " + BODY.replace("\"I\"", "\"J\"") + "]";
        assertThat(Checked.state("{\"Type\": \"Parallel\", \"End\": true, \"Branches\": " + branches + ", \"Reprise\": "
                        + block + "}"))
                .containsExactly("/Reprise" + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "Items": [1, 2], "Reprise": {"MinSuccessful": 3}                                        | /Reprise/MinSuccessful: MinSuccessful is 3, but there are only 2 items (ask for at most 2)
        "ToleratedFailureCount": 1, "Reprise": {"ToleratedFailureCount": "{% 1 %}"}             | /Reprise/ToleratedFailureCount: ToleratedFailureCount is given twice (keep the Map's own field, which Step Functions knows too)
        "ToleratedFailurePercentage": 5, "Reprise": {"CaptureErrors": true}                     | /Reprise/CaptureErrors: warning: CaptureErrors lets every failure pass, so ToleratedFailurePercentage is never exceeded (remove one of them)
        "Reprise": {"MaxConcurrency": 2}                                                        | /Reprise/MaxConcurrency: a Map has a MaxConcurrency of its own (move it out of the Reprise block)
        "Reprise": {"MinSuccessfulPath": "$.m"}                                                 | /Reprise/MinSuccessfulPath: The QueryLanguage is set to 'JSONata', but field 'MinSuccessfulPath' is only supported for the 'JSONPath' QueryLanguage
        "Reprise": {"ItemName": ["a"]}                                                          | /Reprise/ItemName: Value must be a string, was an array
        """)
    void ofAMap(String fields, String problem) {
        assertThat(Checked.jsonataState(
                        "{\"Type\": \"Map\", \"End\": true, \"ItemProcessor\": " + BODY + ", " + fields + "}"))
                .containsExactly(problem);
    }

    @Test
    void batchAndAResultWriterExcludeEachOther() {
        assertThat(Checked.jsonataState("{\"Type\": \"Map\", \"End\": true, \"ItemProcessor\": "
                        + BODY.replace(
                                "{\"StartAt\"",
                                "{\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\":"
                                        + " \"STANDARD\"}, \"StartAt\"")
                        + ", \"ResultWriter\": {\"WriterConfig\": {\"Transformation\": \"FLATTEN\"}},"
                        + " \"Reprise\": {\"Result\": \"BATCH\"}}"))
                .containsExactly(
                        "/Reprise/Result: BATCH keeps every result in the output, and ResultWriter takes them out of"
                                + " it (remove one of them)");
    }

    @Test
    void aLabelHasANameThatCanBeAKey() {
        for (String name : new String[] {"o".repeat(81), "a\\nb", ".$"}) {
            assertThat(Checked.machine("{\"Reprise\": {\"Labels\": {\"" + name
                            + "\": \"x\"}}, \"StartAt\": \"S\", \"States\": {\"S\": {\"Type\": \"Succeed\"}}}"))
                    .singleElement()
                    .asString()
                    .endsWith(": A label's name has 1 to 80 characters, none of them a control character"
                            + " (give it a shorter name, such as order)");
        }
        assertThat(Checked.machine(
                        "{'Reprise': {'Labels': {'%s.$': '$.x'}}, 'StartAt': 'S', 'States': {'S': {'Type': 'Succeed'}}}"
                                .formatted("o".repeat(80))
                                .replace('\'', '"')))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"Semantics": "ONCE"} | /Reprise/Semantics: Value should be one of the following: [AT_LEAST_ONCE_PER_RETRY, AT_MOST_ONCE_PER_RETRY]
        """)
    void ofATask(String block, String problem) {
        assertThat(Checked.state(
                        "{\"Type\": \"Task\", \"Resource\": \"task:a\", \"End\": true, \"Reprise\": " + block + "}"))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"RateLimit": {}}                                | /RateLimit: One of the following fields is required: [CallsPerSecond, MaxInFlight]
        {"RateLimit": {"CallsPerSecond": 0}}             | /RateLimit/CallsPerSecond: Minimum value is 1.0E-5
        {"RateLimit": {"CallsPerSecond": "5"}}           | /RateLimit/CallsPerSecond: Value must be a number, was the string '5'
        {"RateLimit": {"MaxInFlight": 0}}                | /RateLimit/MaxInFlight: Minimum value is 1
        {"RateLimit": {"MaxInFlight": 1, "Target": 5}}   | /RateLimit/Target: Value must be a string, was 5
        {"RateLimit": {"PerSecond": 1, "MaxInFlight": 1}} | /RateLimit/PerSecond: Field 'PerSecond' is not supported
        """)
    void ofTheRateLimitOfATask(String block, String problem) {
        assertThat(Checked.state(
                        "{\"Type\": \"Task\", \"Resource\": \"task:a\", \"End\": true, \"Reprise\": " + block + "}"))
                .containsExactly("/Reprise" + problem);
    }

    @Test
    void oneTargetHasOneLimit() {
        String states = """
            {"StartAt": "A", "States": {
            "A": {"Type": "Task", "Resource": "task:x", "Next": "B", "Reprise": {"RateLimit": {"MaxInFlight": 1}}},
            "B": {"Type": "Task", "Resource": "task:x", "Next": "C", "Reprise": {"RateLimit": {"MaxInFlight": 2}}},
            "C": {"Type": "Task", "Resource": "task:y", "End": true, "Reprise": {"RateLimit": {"MaxInFlight": 3}}}}}
            """;

        assertThat(Checked.machine(states))
                .containsExactly("/States/B/Reprise/RateLimit: the target 'task:x' has another limit at"
                        + " /States/A/Reprise/RateLimit (give both the same numbers, or one of them a Target of"
                        + " its own)");
    }
}
