package dev.reprise.asl.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Retry} and {@code Catch}. */
class FailureRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Retry": [{"MaxAttempts": 1}]                                                  | /Retry/0: These fields are required: [ErrorEquals]
            "Retry": [{"ErrorEquals": []}]                                                 | /Retry/0/ErrorEquals: Value cannot be empty
            "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": -1}]                           | /Retry/0/MaxAttempts: Minimum value is 0
            "Retry": [{"ErrorEquals": ["E"], "BackoffRate": 0.5}]                          | /Retry/0/BackoffRate: Minimum value is 1.0
            "Retry": [{"ErrorEquals": ["E"], "MaxDelaySeconds": 31622401}]                 | /Retry/0/MaxDelaySeconds: Maximum value is 31622400
            "Retry": [{"ErrorEquals": ["E"], "JitterStrategy": "HALF"}]                    | /Retry/0/JitterStrategy: Value should be one of the following: [NONE, FULL]
            "Retry": [{"ErrorEquals": ["E", "States.ALL"]}]                                | /Retry/0/ErrorEquals/1: States.ALL must appear alone and at end of list
            "Retry": [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["E"]}]             | /Retry/0/ErrorEquals/0: States.ALL must appear alone and at end of list
            "Retry": {"ErrorEquals": ["E"]}                                                | /Retry: Value must be an array, was an object
            "Catch": [{"ErrorEquals": ["E"]}]                                              | /Catch/0: These fields are required: [Next]
            "Catch": [{"ErrorEquals": ["E"], "Next": "S", "MaxAttempts": 1}]               | /Catch/0/MaxAttempts: Field 'MaxAttempts' is not supported
            "Catch": [{"ErrorEquals": ["E"], "Next": "T"}]                                 | /Catch/0/Next: no state named 'T' (did you mean 'S'?)
            """)
    void oneThingIsWrong(String field, String problem) {
        assertThat(Checked.state("{\"Type\": \"Task\", \"Resource\": \"task:a\", \"End\": true, " + field + "}"))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Retry": []
            "Retry": [{"ErrorEquals": ["E"], "IntervalSeconds": 0}, {"ErrorEquals": ["States.ALL"], "Comment": "c"}]
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "S", "ResultPath": null, "Assign": {"a": 1}}]
            """)
    void nothingIsWrong(String field) {
        assertThat(Checked.state("{\"Type\": \"Task\", \"Resource\": \"task:a\", \"End\": true, " + field + "}"))
                .isEmpty();
    }
}
