package dev.reprise.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.reprise.journal.store.JournalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table that {@code infra/template.yaml} describes is the one that the journal is written for. */
class DeploymentTemplateTest {

    private final JsonNode template = read();
    private final JsonNode resources = template.at("/Resources");
    private final JsonNode table = resources.at("/Table/Properties");

    @Test
    void theKeysAreTheJournals() {
        assertThat(keys(table)).containsExactly(JournalTable.PK + " HASH", JournalTable.SK + " RANGE");
    }

    @Test
    void theIndexesAreTheJournals() {
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        for (JsonNode index : table.at("/GlobalSecondaryIndexes")) {
            indexes.put(index.path("IndexName").asText(), keys(index));
            assertThat(index.at("/Projection/ProjectionType").asText()).isEqualTo("KEYS_ONLY");
        }
        assertThat(indexes)
                .isEqualTo(Map.of(
                        JournalTable.BY_WORKFLOW,
                        List.of(JournalTable.WORKFLOW + " HASH", JournalTable.STARTED_AT + " RANGE"),
                        JournalTable.BY_DUE,
                        List.of(JournalTable.DUE + " HASH", JournalTable.DUE_AT + " RANGE"),
                        JournalTable.BY_LABEL,
                        List.of(JournalTable.LABEL + " HASH", JournalTable.STARTED_AT + " RANGE")));
    }

    @Test
    void namesAreTextAndTimesAreNumbers() {
        Map<String, String> types = new LinkedHashMap<>();
        for (JsonNode attribute : table.at("/AttributeDefinitions")) {
            types.put(
                    attribute.path("AttributeName").asText(),
                    attribute.path("AttributeType").asText());
        }
        assertThat(types)
                .isEqualTo(Map.of(
                        JournalTable.PK, "S",
                        JournalTable.SK, "S",
                        JournalTable.WORKFLOW, "S",
                        JournalTable.STARTED_AT, "N",
                        JournalTable.DUE, "S",
                        JournalTable.DUE_AT, "N",
                        JournalTable.LABEL, "S"));
    }

    @Test
    void theFunctionLogsAndCounts() {
        JsonNode variables = resources.at("/Function/Properties/Environment/Variables");

        assertThat(variables.path("REPRISE_TELEMETRY_JSON_LOG").asText()).isEqualTo("true");
        assertThat(variables.path("REPRISE_TELEMETRY_METRICS").asText()).isEqualTo("true");
        assertThat(variables.has("REPRISE_TELEMETRY_LOG_LEVEL")).isTrue();
        assertThat(variables.has("REPRISE_TELEMETRY_INCLUDE_EXECUTION_DATA")).isTrue();
    }

    /** An alarm on a metric that nobody writes, or of another function, would not ring as it says. */
    @Test
    void alarmsAndDashboardShowMetricsThatAreWritten() throws IOException {
        String written = Files.readString(Path.of("src/main/java/dev/reprise/telemetry/Metric.java"))
                + Files.readString(Path.of("src/main/java/dev/reprise/telemetry/SweepMetrics.java"));
        int alarms = 0;
        for (JsonNode resource : resources) {
            JsonNode alarm = resource.path("Properties");
            if (resource.path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
                alarms++;
                if (alarm.path("Namespace").asText().equals("Reprise")) {
                    assertThat(written).contains('"' + alarm.path("MetricName").asText() + '"');
                    assertThat(alarm.at("/Dimensions").toString())
                            .isEqualTo("[{\"Name\":\"FunctionName\",\"Value\":\"FunctionName\"}]");
                }
            }
        }
        assertThat(alarms).isEqualTo(7);
        JsonNode widgets = new ObjectMapper()
                .readTree(resources.at("/Dashboard/Properties/DashboardBody").asText())
                .path("widgets");
        assertThat(widgets).hasSize(6);
        for (JsonNode metric : widgets.findValues("metrics").stream()
                .flatMap(metrics -> metrics.valueStream())
                .filter(metric ->
                        metric.path(0).isTextual() && !metric.path(0).asText().equals("..."))
                .toList()) {
            assertThat(metric.path(2).asText()).as(metric.toString()).isIn("FunctionName", ".");
        }
    }

    @Test
    void whatExpiresIsDeletedAndTheRestIsSafe() {
        assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText()).isEqualTo(JournalTable.EXPIRES_AT);
        assertThat(table.at("/TimeToLiveSpecification/Enabled").asBoolean()).isTrue();
        assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
        assertThat(resources.at("/Table/DeletionPolicy").asText()).isEqualTo("Retain");
    }

    @Test
    void theFunctionMayReadEveryIndex() {
        String policies = resources.at("/Role/Properties/Policies").toString();

        assertThat(policies)
                .contains("index/" + JournalTable.BY_WORKFLOW)
                .contains("index/" + JournalTable.BY_DUE)
                .contains("index/" + JournalTable.BY_LABEL);
    }

    @Test
    void theSweepIsAnEventOfItsOwn() {
        JsonNode sweep = resources.at("/Function/Properties/Events/Sweep/Properties");

        assertThat(sweep.path("Schedule").asText()).isEqualTo("rate(5 minutes)");
        assertThat(sweep.path("Input").asText()).isEqualTo("{\"sweep\": {}}");
    }

    @Test
    void theSchedulerMayInvokeThisFunctionAndTheFunctionMayMakeSchedulesOfItsGroupAndNothingElse() {
        JsonNode made = resources.at("/SchedulesPolicy/Properties/PolicyDocument/Statement");
        assertThat(made.findValuesAsText("Action")).containsExactly("scheduler:CreateSchedule", "iam:PassRole");
        assertThat(made.findValuesAsText("Resource").get(0)).endsWith(":schedule/${Schedules}/*");
        assertThat(made.findValuesAsText("Resource").get(1)).isEqualTo("SchedulerRole.Arn");

        JsonNode invoked = resources.at("/SchedulerRole/Properties/Policies/0/PolicyDocument/Statement");
        assertThat(invoked.findValuesAsText("Action")).containsExactly("lambda:InvokeFunction");
        assertThat(invoked.findValuesAsText("Resource").get(0)).endsWith(":function:${FunctionName}");
    }

    @Test
    void objectsMayBeReadAndWrittenInTheGivenBucketAndInNoOther() {
        JsonNode policy = resources.at("/DataBucketPolicy");
        JsonNode statements = policy.at("/Properties/PolicyDocument/Statement");

        assertThat(policy.path("Condition").asText()).isEqualTo("UsesDataBucket");
        assertThat(statements)
                .extracting(statement -> statement.path("Resource").asText())
                .containsExactly(
                        "arn:${AWS::Partition}:s3:::${DataBucket}", "arn:${AWS::Partition}:s3:::${DataBucket}/*");
        assertThat(resources.at("/Role/Properties/Policies").toString()).doesNotContain("s3:");
    }

    @Test
    void aFailedWakeUpIsNotRetriedWhileTheFunctionMayStillRun() {
        int timeout = resources.at("/Function/Properties/Timeout").asInt();

        assertThat(timeout).isEqualTo(900);
        assertThat(resources.at("/WakeUps/Properties/VisibilityTimeout").asInt())
                .isGreaterThanOrEqualTo(6 * timeout);
    }

    @Test
    void whatStartsExecutionsIsThereWhenItsParameterIsGiven() {
        Map<String, String> conditions = Map.of(
                "TriggerQueuePolicy", "HasTriggerQueue",
                "TriggerQueueMapping", "HasTriggerQueue",
                "TriggerTopicPermission", "HasTriggerTopic",
                "TriggerTopicSubscription", "HasTriggerTopic",
                "TriggerBucketPermission", "HasTriggerBucket",
                "TriggerEvents", "HasTriggerEvents",
                "TriggerEventsPermission", "HasTriggerEvents",
                "TriggerScheduleRule", "HasTriggerSchedule",
                "TriggerSchedulePermission", "HasTriggerSchedule");
        Map<String, String> found = new LinkedHashMap<>();
        resources.properties().forEach(resource -> {
            if (resource.getKey().startsWith("Trigger")) {
                found.put(
                        resource.getKey(), resource.getValue().path("Condition").asText());
            }
        });

        assertThat(found).isEqualTo(conditions);
        for (String condition : conditions.values()) {
            assertThat(template.path("Conditions").has(condition)).as(condition).isTrue();
        }
        for (String parameter :
                List.of("TriggerQueue", "TriggerTopic", "TriggerBucket", "TriggerEventSources", "TriggerSchedule")) {
            assertThat(template.at("/Parameters/" + parameter + "/Default").textValue())
                    .as(parameter)
                    .isEmpty();
        }
    }

    @Test
    void ofABatchOfMessagesOnlyThoseThatFailedComeAgain() {
        for (String mapping :
                List.of("/TriggerQueueMapping/Properties", "/Function/Properties/Events/WakeUp/Properties")) {
            assertThat(resources.at(mapping + "/FunctionResponseTypes").toString())
                    .isEqualTo("[\"ReportBatchItemFailures\"]");
        }
    }

    /** Whoever may invoke the function does so for one queue, topic, bucket, rule or API. */
    @Test
    void theFunctionIsInvokedByWhatWasNamedAndByNothingElse() {
        int permissions = 0;
        for (JsonNode resource : resources) {
            if (resource.path("Type").asText().equals("AWS::Lambda::Permission")) {
                permissions++;
                assertThat(resource.at("/Properties/SourceArn").asText())
                        .as(resource.toString())
                        .isNotEmpty();
            }
        }
        assertThat(permissions).isEqualTo(5);
        assertThat(resources
                        .at("/TriggerBucketPermission/Properties/SourceAccount")
                        .asText())
                .isEqualTo("AWS::AccountId");
        assertThat(resources
                        .at("/TriggerQueuePolicy/Properties/PolicyDocument/Statement/0/Resource")
                        .asText())
                .isEqualTo("TriggerQueue");
    }

    @Test
    void anEventThatFailsAgainAndAgainIsKept() {
        assertThat(resources
                        .at("/Function/Properties/EventInvokeConfig/DestinationConfig/OnFailure/Destination")
                        .asText())
                .isEqualTo("FailedEvents.Arn");
        assertThat(resources.at("/Role/Properties/Policies").findValuesAsText("Resource"))
                .contains("FailedEvents.Arn");
    }

    private static List<String> keys(JsonNode of) {
        return of.path("KeySchema")
                .valueStream()
                .map(key -> key.path("AttributeName").asText() + " "
                        + key.path("KeyType").asText())
                .toList();
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Path.of("infra", "template.yaml").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
