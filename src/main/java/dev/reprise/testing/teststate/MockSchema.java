package dev.reprise.testing.teststate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.testing.teststate.Shape.Structure;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a mocked result against what the service's API would answer. A field that the API does not have is let pass,
 * whatever the mode.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html#mocking-service-integrations">AWS,
 *     Mock validation modes</a>
 */
final class MockSchema {

    private final ServiceTable table;
    /** Whether a field that the API always answers must be there. */
    private final boolean strict;

    private MockSchema(ServiceTable table, boolean strict) {
        this.table = table;
        this.strict = strict;
    }

    /** @throws TestStateException {@code ValidationException}, naming the first field that is wrong */
    static void check(JsonNode result, ServiceTable.Answer answer, boolean strict) {
        new MockSchema(answer.table(), strict).check("", result, answer.shape());
    }

    private void check(String field, JsonNode value, Shape shape) {
        switch (shape) {
            case Shape.Anything anything -> {}
            case Shape.Named(String name) -> check(field, value, table.structure(name));
            case Structure structure -> structure(field, value, structure);
            case Shape.ListOf(Shape element) -> {
                expect(value.isArray(), field, "must be an array");
                value.forEach(each -> check(field, each, element));
            }
            case Shape.MapOf(Shape each) -> {
                expect(value.isObject(), field, "must be an object");
                value.forEach(member -> check(field, member, each));
            }
            case Shape.Text text -> text(field, value, text);
            case Shape.Numeric number -> number(field, value, number);
            case Shape.Flag flag -> expect(value.isBoolean(), field, "must be a boolean");
        }
    }

    private void structure(String field, JsonNode value, Structure structure) {
        if (!value.isObject() && field.isEmpty()) {
            throw TestStateException.validation("Mocked result must be a JSON object.");
        }
        expect(value.isObject(), field, "must be an object");
        Map<String, Shape.Field> known = new LinkedHashMap<>();
        for (Shape.Field each : structure.fields().values()) {
            known.put(each.name(), each);
            known.putIfAbsent(each.sdkName(), each);
            if (strict && each.required() && !value.has(each.name()) && !value.has(each.sdkName())) {
                throw wrong("Required field '" + each.sdkName() + "' is missing");
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Shape.Field each = known.get(member.getKey());
            if (each != null) {
                check(member.getKey(), member.getValue(), each.shape());
            }
        }
    }

    private static void text(String field, JsonNode value, Shape.Text text) {
        expect(value.isTextual(), field, "must be a string");
        int length = value.textValue().codePointCount(0, value.textValue().length());
        expect(text.least() == null || length >= text.least(), field, "is smaller than the minimum length");
        expect(text.most() == null || length <= text.most(), field, "exceeds the maximum length");
        expect(text.values().isEmpty() || text.values().contains(value.textValue()), field, "is not an expected value");
    }

    private static void number(String field, JsonNode value, Shape.Numeric number) {
        expect(value.isNumber(), field, "must be a number");
        BigDecimal found = value.decimalValue();
        expect(atLeast(found, number.least()), field, "is less than the minimum value");
        expect(number.most() == null || atLeast(number.most(), found), field, "exceeds the maximum value");
    }

    private static boolean atLeast(BigDecimal value, @Nullable BigDecimal least) {
        return least == null || value.compareTo(least) >= 0;
    }

    private static void expect(boolean met, String field, String what) {
        if (!met) {
            throw wrong("Field '" + field + "' " + what);
        }
    }

    private static TestStateException wrong(String what) {
        return TestStateException.validation("Mock result schema validation error: " + what);
    }
}
