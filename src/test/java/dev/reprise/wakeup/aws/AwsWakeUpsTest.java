package dev.reprise.wakeup.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.operations.TestEngine;
import dev.reprise.task.aws.client.AwsAccess;
import dev.reprise.task.aws.client.AwsClient;
import dev.reprise.task.aws.client.Connections;
import dev.reprise.task.aws.client.Endpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What is asked of AWS so that an execution goes on in time. */
class AwsWakeUpsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String EXECUTION = "arn:aws:states:us-east-1:111111111111:execution:orders:a";
    private static final String RESUME = "{\"resume\":\"" + EXECUTION + "\"}";
    private static final Optional<String> QUEUE = Optional.of("https://sqs.us-east-1.amazonaws.com/111111111111/q");
    private static final Optional<String> NO_QUEUE = Optional.empty();
    private static final Formatter MESSAGES = new SimpleFormatter();
    private static final String ROLE = "arn:aws:iam::111111111111:role/wakes";

    private final StubAws aws = new StubAws();
    private final List<AwsClient> clients = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private final Logger log = Logger.getLogger(AwsWakeUps.class.getName());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            logged.add(MESSAGES.formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    AwsWakeUpsTest() throws IOException {
        log.addHandler(listener);
    }

    @AfterEach
    void stop() {
        log.removeHandler(listener);
        clients.forEach(AwsClient::close);
        aws.close();
    }

    @Test
    void whatIsDueNowIsAnInvocationOfTheFunctionItself() {
        wakeUps(QUEUE, true).schedule(EXECUTION, NOON);

        assertThat(aws.received())
                .containsExactly(
                        new StubAws.Received("POST", "/2015-03-31/functions/reprise/invocations", "Event", RESUME));
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
        List<String> tokens = aws.received().stream()
                .map(request -> TestEngine.json(request.body().replace('\'', ' '))
                        .path("ClientToken")
                        .textValue())
                .toList();
        assertThat(tokens.get(0)).isNotBlank();
        assertThat(tokens.get(1)).isEqualTo(tokens.get(0));
        assertThat(tokens.get(2)).isNotEqualTo(tokens.get(0));
    }

    @Test
    void aScheduleThatIsThereAlreadyIsAsGood() {
        aws.refuses(409, "ConflictException");

        assertThatCode(() -> wakeUps(QUEUE, true).schedule(EXECUTION, NOON.plus(Duration.ofDays(1))))
                .doesNotThrowAnyException();
        assertThat(aws.received()).hasSize(1);
        assertThat(logged).isEmpty();
    }

    @Test
    void aScheduleThatIsRefusedIsLeftToTheSweeper() {
        aws.refuses(403, "AccessDeniedException");

        wakeUps(QUEUE, true).schedule(EXECUTION, NOON.plus(Duration.ofDays(1)));

        assertThat(logged)
                .containsExactly(EXECUTION + " is due at 2026-11-21T12:00:00Z, and the sweeper has to wake it up: no"
                        + " wake-up could be asked for: AccessDeniedException: refused");
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

    @Test
    void whereNobodyListensIsLeftToTheSweeper() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = addressOf(socket);
        }
        AwsWakeUps wakeUps = wakeUps(client(nobody, nobody, Clock.systemUTC()), QUEUE, Clock.systemUTC());
        for (Duration wait : List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofDays(1))) {
            logged.clear();
            Instant at = Instant.now().plus(wait);

            assertThatCode(() -> wakeUps.schedule(EXECUTION, at)).doesNotThrowAnyException();

            assertThat(logged.getLast())
                    .startsWith(EXECUTION + " is due at " + at + ", and the sweeper has to wake it up")
                    .contains("Cannot reach ");
        }
    }

    @Test
    void anInvocationWithoutAnAnswerBecomesAMessageInTheOtherHalfOfTheTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AwsClient client = client(addressOf(silent), aws.endpoint(), after(Duration.ofMillis(2_400)));

            wakeUps(client, QUEUE, () -> NOON).schedule(EXECUTION, NOON);

            assertThat(logged).hasSize(1);
            assertThat(logged.getFirst()).contains("so the queue does", "No answer came within PT0.1S");
            assertThat(theRequest().path("MessageBody").textValue()).isEqualTo(RESUME);
            assertThat(theRequest().path("DelaySeconds").intValue()).isZero();
        }
    }

    @Test
    void nobodyWaitsForMoreThanFiveSecondsWhereNoEndIsKnown() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AwsClient client = client(addressOf(silent), addressOf(silent), after(Duration.ofMillis(4_900)));

            wakeUps(client, NO_QUEUE, () -> NOON).schedule(EXECUTION, NOON);

            assertThat(logged.getLast()).contains("the sweeper has to wake it up", "No answer came within PT0.1S");
        }
    }

    @Test
    void anInvocationsAnswerIsNotHeldUpBeyondItsEnd() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AwsClient client = client(addressOf(silent), addressOf(silent), after(Duration.ofMillis(850)));
            Instant end = NOON.plusSeconds(1);

            wakeUps(client, QUEUE, () -> NOON).within(end).schedule(EXECUTION, NOON.plusSeconds(30));

            assertThat(logged.getLast()).contains("the sweeper has to wake it up", "No answer came within PT0.1S");
        }
    }

    @Test
    void anInvocationThatIsAboutToEndAsksForNothing() {
        wakeUps(QUEUE, true).within(NOON.plusMillis(40)).schedule(EXECUTION, NOON);

        assertThat(aws.received()).isEmpty();
        assertThat(logged)
                .containsExactly(EXECUTION + " is due at 2026-11-20T12:00:00Z, and the sweeper has to wake it up: this"
                        + " invocation ends at 2026-11-20T12:00:00.040Z, before one could be asked for");
    }

    @Test
    void whoeverIsInterruptedStaysSo() {
        Thread.currentThread().interrupt();

        wakeUps(QUEUE, true).schedule(EXECUTION, NOON);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(logged.getLast()).contains("the sweeper has to wake it up", "The call was given up");
    }

    @Test
    void whateverElseFailsIsLeftToTheSweeperToo() {
        AwsWakeUps wakeUps = new AwsWakeUps(
                "reprise",
                () -> {
                    throw SdkClientException.create("no region");
                },
                QUEUE,
                Optional.empty(),
                () -> NOON);

        assertThatCode(() -> wakeUps.schedule(EXECUTION, NOON)).doesNotThrowAnyException();

        assertThat(logged)
                .containsExactly(EXECUTION + " is due at 2026-11-20T12:00:00Z, and the sweeper has to wake it up: no"
                        + " wake-up could be asked for");
    }

    private JsonNode theRequest() {
        return TestEngine.json(aws.received().get(0).body().replace('\'', ' '));
    }

    private AwsWakeUps wakeUps(Optional<String> queue, boolean schedules) {
        AwsClient client = client(aws.endpoint(), aws.endpoint(), Clock.fixed(NOON, ZoneOffset.UTC));
        return new AwsWakeUps(
                "reprise",
                () -> client,
                queue,
                schedules ? Optional.of(new Schedules(() -> client, ROLE, "wakes")) : Optional.empty(),
                () -> NOON);
    }

    private static AwsWakeUps wakeUps(AwsClient client, Optional<String> queue, InstantSource clock) {
        return new AwsWakeUps(
                "reprise", () -> client, queue, Optional.of(new Schedules(() -> client, ROLE, "wakes")), clock);
    }

    private AwsClient client(URI lambda, URI others, Clock clock) {
        AwsClient client = new AwsClient(
                new Endpoints(
                        () -> "us-east-1", service -> service.name().equals("lambda") ? lambda : others, List.of()),
                () -> AwsBasicCredentials.create("stub", "stub"),
                AwsAccess.allowed(),
                new Connections(1_000_000),
                clock);
        clients.add(client);
        return client;
    }

    /** A clock of the client, as if it had taken so long until it is asked. */
    private static Clock after(Duration time) {
        return Clock.fixed(NOON.plus(time), ZoneOffset.UTC);
    }

    private static URI addressOf(ServerSocket socket) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
}
