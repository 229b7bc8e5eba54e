package dev.reprise.task.aws.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of AWS's services: every one can be read, and says what is known of some. */
class ServiceTablesTest {

    private static final Path FOLDER = Path.of("src/main/resources/dev/reprise/task/aws/model");

    /** So much may the tables add to the function. */
    private static final long MOST_BYTES = 3_000_000;

    @Test
    void everyLineOfEveryTableCanBeRead() {
        int operations = 0;
        Set<Shape> seen = new HashSet<>();
        for (ServiceModels.Listed listed : ServiceModels.all()) {
            ServiceModel service = ServiceModels.get(listed.name());
            assertThat(service.prefix()).isEqualTo(listed.prefix());
            assertThat(service.protocol()).isEqualTo(listed.protocol());
            assertThat(service.operations()).as(listed.name()).isNotEmpty();
            for (Operation operation : service.operations()) {
                visit(operation.input(), seen);
                visit(operation.output(), seen);
                assertThat(operation.uri()).startsWith("/");
                assertHostIsMadeOfMembers(operation);
                operations++;
            }
        }
        assertThat(operations).isGreaterThan(15_000);
    }

    private static void assertHostIsMadeOfMembers(Operation operation) {
        if (operation.hostPrefix() != null) {
            Pattern.compile("\\{([^}]+)}")
                    .matcher(operation.hostPrefix())
                    .results()
                    .forEach(label -> assertThat(operation.input().members())
                            .as(operation.name() + " " + operation.hostPrefix())
                            .anyMatch(member -> member.name().equals(label.group(1))
                                    || member.wireName().equals(label.group(1))));
        }
    }

    private static void visit(Shape first, Set<Shape> seen) {
        List<Shape> open = new ArrayList<>(List.of(first));
        while (!open.isEmpty()) {
            Shape shape = open.removeLast();
            if (seen.add(shape)) {
                switch (shape) {
                    case Structure structure -> structure.members().forEach(member -> open.add(member.shape()));
                    case Shape.ListOf list -> open.add(list.element().shape());
                    case Shape.MapOf map -> open.add(map.value().shape());
                    case Shape.Scalar scalar -> {}
                    case Shape.Time time -> {}
                }
            }
        }
    }

    @Test
    void theFolderHoldsWhatIsListedAndIsSmall() throws IOException {
        long bytes = 0;
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
                names.add(file.getFileName().toString());
            }
        }
        Set<String> listed = new HashSet<>(Set.of("index.txt"));
        ServiceModels.all().forEach(service -> listed.add(service.name() + ".table"));

        assertThat(names).isEqualTo(listed);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb, DynamoDb, putItem, PutItem",
        "sfn, Sfn, startExecution, StartExecution",
        "wafv2, Wafv2, getIPSet, GetIPSet",
        "sesv2, SesV2, sendEmail, SendEmail",
        "cloudwatchlogs, CloudWatchLogs, putLogEvents, PutLogEvents",
        "bedrockagent, BedrockAgent, createKnowledgeBase, CreateKnowledgeBase",
        "databasemigration, DatabaseMigration, createReplicationTask, CreateReplicationTask",
        "rds, Rds, describeDBInstances, DescribeDBInstances",
        "iotanalytics, IoTAnalytics, batchPutMessage, BatchPutMessage",
        "s3, S3, listObjectsV2, ListObjectsV2"
    })
    void servicesAndActionsHaveTheNamesOfTheAwsSdkForJava(
            String service, String prefix, String action, String operation) {
        ServiceModel model = ServiceModels.get(service);

        assertThat(model.prefix()).isEqualTo(prefix);
        assertThat(model.operation(action))
                .isNotNull()
                .extracting(Operation::name)
                .isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb, ResourceNotFoundException, ResourceNotFoundException",
        "sfn, InvalidToken, InvalidTokenException",
        "s3, NoSuchKey, NoSuchKeyException",
        "sns, NotFound, NotFoundException",
        "rds, DBInstanceNotFound, DbInstanceNotFoundException"
    })
    void errorsAreExceptions(String service, String code, String error) {
        assertThat(ServiceModels.get(service).error(code)).isEqualToIgnoringCase(error);
    }

    @Test
    void membersAreInPascalCaseAndKnowTheirNameOnTheWire() {
        Member arn =
                ServiceModels.get("sfn").operation("startExecution").input().member("StateMachineArn");

        assertThat(arn.wireName()).isEqualTo("stateMachineArn");
        assertThat(arn.shape()).isEqualTo(Shape.Scalar.STRING);
    }

    @Test
    void anUnknownServiceIsNone() {
        assertThat(ServiceModels.find("dynamo")).isNull();
        assertThat(ServiceModels.find("../dynamodb")).isNull();
    }
}
