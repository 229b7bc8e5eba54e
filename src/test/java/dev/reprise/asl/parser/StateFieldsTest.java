package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each state type's own fields: which there are, what they hold, and which go together. */
class StateFieldsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"Type": "Pass", "End": true, "Resutl": 1}                             | /Resutl: Field 'Resutl' is not supported (did you mean 'Result'?)
        {"Type": "Pass", "End": true, "Retry": []}                             | /Retry: Field 'Retry' is not supported
        {"Type": "pass", "End": true}                                          | /Type: Value should be one of the following: [Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map] (did you mean 'Pass'?)
        {"Type": "Pass", "End": true, "Comment": 1}                            | /Comment: Value must be a string, was 1
        {"Type": "Pass", "End": true, "Output": 1}                             | /Output: The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage
        {"Type": "Pass", "End": true, "InputPath": "a"}                        | /InputPath: Value must be a valid JSONPath.
        {"Type": "Pass", "Next": "S", "End": true}                             | : There should only be one of the following fields: [Next, End]
        {"Type": "Wait", "End": true, "Seconds": -1}                           | /Seconds: Minimum value is 0
        {"Type": "Wait", "End": true, "Seconds": 10000000000000000000000}      | /Seconds: Maximum value is 99999999
        {"Type": "Wait", "End": true, "Seconds": "5"}                          | /Seconds: Value must be a whole number, was the string '5'
        {"Type": "Wait", "End": true, "Seconds": 1.5}                          | /Seconds: Value must be a whole number, was 1.5
        {"Type": "Wait", "End": true}                                          | : One of the following fields is required: [SecondsPath, Seconds, TimestampPath, Timestamp]
        {"Type": "Wait", "End": true, "Seconds": 1, "SecondsPath": "$.s"}      | : There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]
        {"Type": "Wait", "End": true, "SecondsPath": "$$.Execution.Input.s"}   | /SecondsPath: Value is not a Reference Path
        {"Type": "Wait", "End": true, "Timestamp": "2026-02-30T00:00:00Z"}     | /Timestamp: String does not match RFC3339 timestamp (write it as in 2026-03-14T01:59:00Z)
        {"Type": "Wait", "End": true, "Timestamp": "2026-02-20T00:00:00z"}     | /Timestamp: String does not match RFC3339 timestamp (write it as in 2026-03-14T01:59:00Z)
        {"Type": "Task", "End": true}                                          | : These fields are required: [Resource]
        {"Type": "Task", "End": true, "Resource": "task:a", "TimeoutSeconds": 0} | /TimeoutSeconds: Minimum value is 1
        {"Type": "Task", "End": true, "Resource": "task:a", "TimeoutSeconds": 5, "HeartbeatSeconds": 5} | /HeartbeatSeconds: HeartbeatSeconds (5) must be smaller than TimeoutSeconds (5)
        {"Type": "Task", "End": true, "Resource": "task:a", "TimeoutSeconds": 5, "TimeoutSecondsPath": "$.t"} | : There should only be one of the following fields: [TimeoutSeconds, TimeoutSecondsPath]
        {"Type": "Task", "End": true, "Resource": "task:a", "Credentials": {}} | /Credentials: The field 'RoleArn' is required but was missing
        {"Type": "Succeed", "Assign": {}}                                      | /Assign: Field 'Assign' is not supported
        {"Type": "Succeed", "End": true}                                       | /End: Field 'End' is not supported
        {"Type": "Fail", "OutputPath": "$"}                                    | /OutputPath: Field 'OutputPath' is not supported
        {"Type": "Fail", "Error": "E", "ErrorPath": "$.e"}                     | : There should only be one of the following fields: [Error, ErrorPath]
        {"Type": "Parallel", "End": true, "Branches": []}                      | /Branches: Value cannot be empty
        {"Type": "Parallel", "End": true, "Branches": [{}]}                    | /Branches/0: These fields are required: [States, StartAt]
        """)
    void aStateThatIsWrongInOneThing(String state, String problem) {
        assertThat(Checked.state(state)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"Type": "Pass", "End": true, "Result": 1}                       | /Result: The QueryLanguage is set to 'JSONata', but field 'Result' is only supported for the 'JSONPath' QueryLanguage
        {"Type": "Pass", "End": true, "QueryLanguage": "JSONPath"}       | : 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine
        {"Type": "Pass", "End": true, "QueryLanguage": "Jsonata"}        | /QueryLanguage: Value should be one of the following: [JSONPath, JSONata] (did you mean 'JSONata'?)
        {"Type": "Pass", "End": true, "Output": "{% $states.input"}      | /Output: JSONata string must start with {% and end with %}
        {"Type": "Pass", "End": true, "Output": {"a": [" {% 1 %}"]}}     | /Output/a/0: JSONata string must start with {% and end with %}
        {"Type": "Pass", "End": true, "Assign": {"states": 1}}           | /Assign/states: Cannot assign to reserved variable '$states'. (choose another name)
        {"Type": "Pass", "End": true, "Assign": {"a b": 1}}              | /Assign/a b: Invalid variable name 'a b': the variable name contains invalid characters. (a name begins with a letter and goes on with letters, digits and _)
        {"Type": "Pass", "End": true, "Assign": {"_a": 1}}               | /Assign/_a: Invalid variable name '_a': the variable name contains invalid characters. (a name begins with a letter and goes on with letters, digits and _)
        {"Type": "Wait", "End": true, "Seconds": "soon"}                 | /Seconds: Value must be a whole number, was the string 'soon'
        {"Type": "Task", "End": true, "Resource": "arn:aws:states:::sqs:sendMessage"} | : Arguments field is required for resource ARN: arn:aws:states:::sqs:sendMessage
        {"Type": "Task", "End": true, "Resource": "arn:aws:states:::aws-sdk:s3:listBuckets"} | : Arguments field is required for resource ARN: arn:aws:states:::aws-sdk:s3:listBuckets
        """)
    void aJsonataStateThatIsWrongInOneThing(String state, String problem) {
        assertThat(Checked.jsonataState(state)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Type': 'Pass', 'End': true, 'ResultPath': null, 'InputPath': null, 'OutputPath': null}",
                "{'Type': 'Wait', 'End': true, 'Timestamp': '2026-02-20T00:00:00.123456789+01:00'}",
                "{'Type': 'Task', 'End': true, 'Resource': 'task:charge', 'TimeoutSecondsPath': '$timeout.seconds'}",
                "{'Type': 'Fail', 'ErrorPath': 'States.Hash($.e, `MD5`)', 'CausePath': '$$.Execution.Name'}",
                "{'Type': 'Pass', 'End': true, 'Assign': {'größe.$': '$.a', 'x1': {'y.$': '$.b'}}}",
                "{'Type': 'Map', 'End': true, 'Iterator': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}}"
            })
    void aStateThatIsRight(String state) {
        assertThat(Checked.state(state.replace('\'', '"').replace('`', '\''))).isEmpty();
    }

    @Test
    void aTemplatesFieldIsGivenOnce() {
        assertThat(Checked.state(
                        "{\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": {\"b\": 1, \"b.$\": \"$.b\"}}}"))
                .containsExactly(
                        "/Parameters/a/b.$: Field 'b' is given twice, with and without .$ (remove one of the two)");
    }

    @Test
    void aTemplateThatPassesOnAPathAsItStandsIsDoubtful() {
        assertThat(Checked.state("{\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": \"$.a\"}, \"Result\":"
                        + " {\"b.$\": \"$.b\"}}"))
                .containsExactly(
                        "/Parameters/a: warning: the value looks like a path or an intrinsic function, but is passed"
                                + " on as it stands (to have it computed, name the field 'a.$')",
                        "/Result/b.$: warning: Result is passed on as it stands: the field is not computed (use"
                                + " Parameters)");
    }
}
