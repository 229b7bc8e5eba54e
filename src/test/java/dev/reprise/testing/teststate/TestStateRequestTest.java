package dev.reprise.testing.teststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.testing.teststate.TestStateRequest.FieldValidationMode;
import dev.reprise.testing.teststate.TestStateRequest.InspectionLevel;
import dev.reprise.testing.teststate.TestStateRequest.Mock;
import dev.reprise.testing.teststate.TestStateRequest.StateConfiguration;
import org.junit.jupiter.api.Test;

class TestStateRequestTest {

    @Test
    void whatIsAbsentHasTheApisDefaults() {
        assertThat(TestStateRequest.parse(
                        Api.json("{\"definition\": \"{}\", \"mock\": {\"result\": \"1\"}, \"unknown\": 1}")))
                .isEqualTo(new TestStateRequest(
                        "{}",
                        null,
                        null,
                        InspectionLevel.INFO,
                        false,
                        null,
                        null,
                        new Mock("1", null, FieldValidationMode.STRICT),
                        null,
                        StateConfiguration.NONE));
    }

    @Test
    void everyConstraintThatIsBrokenIsNamed() {
        assertThatThrownBy(() -> TestStateRequest.parse(Api.json("""
            {"stateName": "", "inspectionLevel": "ALL", "mock": {"fieldValidationMode": "LOOSE"},
             "stateConfiguration": {"retrierRetryCount": -1}}\
            """)))
                .isInstanceOf(TestStateException.class)
                .hasMessage("5 validation errors detected: Value 'ALL' at 'inspectionLevel' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [INFO, DEBUG, TRACE]; Value at"
                        + " 'stateName' failed to satisfy constraint: Member must have length greater than or"
                        + " equal to 1; Value 'LOOSE' at 'mock.fieldValidationMode' failed to satisfy"
                        + " constraint: Member must satisfy enum value set: [STRICT, PRESENT, NONE]; Value at"
                        + " 'stateConfiguration.retrierRetryCount' failed to satisfy constraint: Member must"
                        + " have value greater than or equal to 0; Value null at 'definition' failed to"
                        + " satisfy constraint: Member must not be null");
    }

    @Test
    void aMemberOfTheWrongTypeIsRefusedAtOnce() {
        refusedType("{\"definition\": {}}", "'definition' must be a string, not an object");
        refusedType("{\"definition\": \"\", \"mock\": []}", "'mock' must be an object, not an array");
        refusedType(
                "{\"definition\": \"\", \"stateConfiguration\": {\"retrierRetryCount\": 1.5}}",
                "'stateConfiguration.retrierRetryCount' must be an integer, not the number 1.5");
        refusedType(
                "{\"definition\": \"\", \"revealSecrets\": \"yes\"}",
                "'revealSecrets' must be a boolean, not a string");
        refusedType("[]", "The request must be an object, not an array");
    }

    private static void refusedType(String request, String message) {
        assertThatThrownBy(() -> TestStateRequest.parse(Api.json(request)))
                .isInstanceOfSatisfying(
                        TestStateException.class,
                        refused -> assertThat(refused.toJson())
                                .isEqualTo(Api.json(
                                        "{\"__type\": \"SerializationException\", \"message\": \"" + message + "\"}")));
    }
}
