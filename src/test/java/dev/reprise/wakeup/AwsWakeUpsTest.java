package dev.reprise.wakeup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.operations.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What is asked of AWS so that an execution goes on in time. */
class AwsWakeUpsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String EXECUTION = "arn:aws:states:us-east-1:111111111111:execution:orders:a";
    private static final String RESUME = "{\"resume\":\"" + EXECUTION + "\"}";
    private static final Optional<String> QUEUE = Optional.of("https://sqs.us-east-1.amazonaws.com/111111111111/q");
    private static final Optional<String> NO_QUEUE = Optional.empty();
    private static final String ROLE = "arn:aws:iam::111111111111:role/wakes";

    private final StubAws aws = new StubAws();

    AwsWakeUpsTest() throws IOException {}

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void whatIsDueNowIsAnInvocationOfTheFunctionItself() {
        wakeUps(QUEUE, true).schedule(EXECUTION, NOON);

        assertThat(aws.received())
                .containsExactly(new StubAws.Received("POST", "/2015-03-31/functions/reprise/invocations", RESUME));
    }

    @Test
    void whatIsDueWithinFifteenMinutesIsADelayedMessage() {
        wakeUps(QUEUE, true).schedule(EXECUTION, NOON.plus(Duration.ofMinutes(15)));

        assertThat(theRequest().path("MessageBody").textValue()).isEqualTo(RESUME);
        assertThat(theRequest().path("DelaySeconds").intValue()).isEqualTo(900);
        assertThat(theRequest().path("QueueUrl").textValue()).isEqualTo(QUEUE.orElseThrow());
    }

    @Test
    void aMessageNeverComesEarly() {
        wakeUps(QUEUE, true).schedule(EXECUTION, NOON.plusMillis(1_001));

        assertThat(theRequest().path("DelaySeconds").intValue()).isEqualTo(2);
    }

    @Test
    void whatIsDueLaterIsAScheduleThatComesAMinuteEarlyAndIsGoneThen() {
        Instant nextYear = Instant.parse("2027-11-20T11:59:30Z");

        wakeUps(QUEUE, true).schedule(EXECUTION, nextYear);

        assertThat(aws.received().get(0).path()).matches("/schedules/wake-[0-9a-f]{48}");
        assertThat(theRequest()).isEqualTo(TestEngine.json("""
            {'ActionAfterCompletion': 'DELETE', 'ClientToken': '%s',
             'FlexibleTimeWindow': {'Mode': 'OFF'}, 'GroupName': 'wakes',
             'ScheduleExpression': 'at(2027-11-20T11:58:30)', 'ScheduleExpressionTimezone': 'UTC',
             'Target': {'Arn': 'arn:aws:lambda:us-east-1:111111111111:function:reprise', 'RoleArn': '%s',
               'Input': '{\\"resume\\":\\"%s\\",\\"at\\":\\"2027-11-20T11:59:30Z\\"}'}}\
            """.formatted(
                        theRequest().path("ClientToken").textValue(), ROLE, EXECUTION)));
    }

    @Test
    void whoAsksTwiceAsksForTheSameSchedule() {
        AwsWakeUps wakeUps = wakeUps(QUEUE, true);

        wakeUps.schedule(EXECUTION, NOON.plus(Duration.ofDays(1)));
        wakeUps.schedule(EXECUTION, NOON.plus(Duration.ofDays(1)));
        wakeUps.schedule(EXECUTION, NOON.plus(Duration.ofDays(2)));

        assertThat(aws.received().get(1).path()).isEqualTo(aws.received().get(0).path());
        assertThat(aws.received().get(2).path())
                .isNotEqualTo(aws.received().get(0).path());
    }

    @Test
    void aScheduleThatIsThereAlreadyIsAsGood() {
        aws.refuses(409, "ConflictException");

        assertThatCode(() -> wakeUps(QUEUE, true).schedule(EXECUTION, NOON.plus(Duration.ofDays(1))))
                .doesNotThrowAnyException();
        assertThat(aws.received()).hasSize(1);
    }

    @Test
    void withoutAQueueAScheduleComesAtItsTimeAndNotBefore() {
        wakeUps(NO_QUEUE, true).schedule(EXECUTION, NOON.plusMillis(20_001));

        assertThat(theRequest().path("ScheduleExpression").textValue()).isEqualTo("at(2026-11-20T12:00:21)");
    }

    @Test
    void withoutSchedulesALongWaitIsLeftToTheSweeper() {
        AwsWakeUps wakeUps = wakeUps(QUEUE, false);

        wakeUps.schedule(EXECUTION, NOON.plus(Duration.ofMinutes(16)));

        assertThat(aws.received()).isEmpty();
        assertThat(wakeUps.leavesLongWaitsToTheSweeper()).isTrue();
        assertThat(wakeUps(QUEUE, true).leavesLongWaitsToTheSweeper()).isFalse();
    }

    @Test
    void anInvocationThatIsRefusedBecomesAMessageAndAMessageThatIsRefusedIsLeftToTheSweeper() {
        aws.refuses(403, "AccessDeniedException");

        assertThatCode(() -> wakeUps(QUEUE, true).schedule(EXECUTION, NOON)).doesNotThrowAnyException();
        assertThat(aws.received())
                .extracting(StubAws.Received::path)
                .containsExactly("/2015-03-31/functions/reprise/invocations", "/");
    }

    private JsonNode theRequest() {
        return TestEngine.json(aws.received().get(0).body().replace('\'', ' '));
    }

    private AwsWakeUps wakeUps(Optional<String> queue, boolean schedules) {
        return new AwsWakeUps(
                "reprise",
                () -> aws.reach(LambdaClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()))),
                queue,
                () -> aws.reach(SqsClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .checksumValidationEnabled(false)
                        .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()))),
                schedules
                        ? Optional.of(new Schedules(
                                () -> aws.reach(
                                        SchedulerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder())),
                                ROLE,
                                "wakes"))
                        : Optional.empty(),
                () -> NOON);
    }
}
