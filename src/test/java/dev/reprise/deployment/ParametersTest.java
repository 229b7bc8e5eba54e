package dev.reprise.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whichever of its optional parts are chosen, the template holds together. */
class ParametersTest {

    /** For each parameter by which something is chosen, a value other than the default. */
    static final Map<String, String> CHOICES = choices();

    private static Map<String, String> choices() {
        Map<String, String> choices = new TreeMap<>();
        choices.put("AlarmTopic", "arn:aws:sns:eu-west-1:111111111111:alarms");
        choices.put("DataBucket", "data");
        choices.put("FunctionUrl", "true");
        choices.put("HttpApi", "true");
        choices.put("KeyArn", "arn:aws:kms:eu-west-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab");
        choices.put("LongWaits", "Sweeper");
        choices.put("ReservedConcurrency", "50");
        choices.put("SecurityGroupIds", "sg-1");
        choices.put("SubnetIds", "subnet-1,subnet-2");
        choices.put("Substitutions", "{\"orders\": {\"Table\": \"t\"}}");
        choices.put("TaskFunctions", "arn:aws:lambda:eu-west-1:111111111111:function:charge");
        choices.put("TriggerBucket", "incoming");
        choices.put("TriggerEventSources", "shop");
        choices.put("TriggerQueue", "arn:aws:sqs:eu-west-1:111111111111:orders");
        choices.put("TriggerSchedule", "rate(1 day)");
        choices.put("WorkflowPolicies", "arn:aws:iam::111111111111:policy/orders");
        choices.put("TriggerTopic", "arn:aws:sns:eu-west-1:111111111111:refunds");
        return choices;
    }

    private static Set<String> made(Map<String, String> parameters) {
        Template template = Template.with(parameters);
        template.outputs();
        return template.resources().keySet();
    }

    @TestFactory
    List<DynamicTest> eachChoiceAloneIsMadeWhole() {
        return CHOICES.entrySet().stream()
                .map(choice -> DynamicTest.dynamicTest(
                        choice.getKey(),
                        () -> assertThat(made(Map.of(choice.getKey(), choice.getValue())))
                                .contains("Function", "Table")))
                .toList();
    }

    @TestFactory
    List<DynamicTest> allButOneAreMadeWhole() {
        return CHOICES.keySet().stream()
                .map(absent -> DynamicTest.dynamicTest(absent, () -> {
                    Map<String, String> others = new LinkedHashMap<>(CHOICES);
                    others.remove(absent);
                    assertThat(made(others)).contains("Function", "Table");
                }))
                .toList();
    }

    /** What is made under a condition is made by one of these choices: none is forgotten here. */
    @Test
    void everyConditionIsTried() {
        Set<String> made = new TreeSet<>(made(Map.of()));
        made.addAll(made(CHOICES));

        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(Template.with(Map.of()).declared());
    }
}
