package dev.reprise.nativetests.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator keeps Lambda's rules, shown with a function of a few lines. */
class SandboxTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private DeployedFunction function;

    @BeforeEach
    void deploy() throws IOException {
        function = deploy(settings());
    }

    @AfterEach
    void undeploy() {
        function.close();
    }

    @Test
    void theFunctionSeesItsRequestItsArnAndTheTimeThatIsLeft() throws IOException {
        Invocation invocation = function.invoke("{\"n\":1}");

        JsonNode seen = answer(invocation);
        assertThat(seen.path("event").path("n").intValue()).isEqualTo(1);
        assertThat(seen.path("requestId").textValue()).isEqualTo(invocation.requestId());
        assertThat(seen.path("arn").textValue()).isEqualTo("arn:aws:lambda:eu-central-1:000000000000:function:probe");
        assertThat(seen.path("remaining").intValue()).isBetween(1, 20_000);
    }

    @Test
    void aFreeProcessIsUsedAgain() throws IOException {
        JsonNode first = answer(function.invoke("1"));
        JsonNode second = answer(function.invoke("2"));

        assertThat(second.path("pid")).isEqualTo(first.path("pid"));
        assertThat(function.sandboxes()).hasSize(1);
    }

    @Test
    void aProcessDoesNotRunBetweenInvocations() throws IOException {
        long before = answer(function.invoke("1")).path("ticks").longValue();
        Instant frozen = Instant.now();
        // Meanwhile another process starts and answers, which takes some hundred milliseconds.
        JsonNode other = answer(function.deliver("2", "another-request", function.startSandbox()));
        Duration meanwhile = Duration.between(frozen, Instant.now());
        Sandbox first = function.sandboxes().getFirst();
        long after = answer(function.deliver("3", "a-third-request", first))
                .path("ticks")
                .longValue();

        assertThat(other.path("ticks").longValue()).isPositive();
        assertThat(after - before).as("milliseconds that a frozen process ran").isLessThan(meanwhile.toMillis() / 2);
    }

    @Test
    void anErrorIsReportedAndTheProcessLivesOn() throws IOException {
        answer(function.invoke("1"));

        Outcome failed = function.invoke("\"fail\"").await();

        assertThat(failed).isInstanceOf(Outcome.Failed.class);
        assertThat(failed.payload()).contains("told to fail");
        answer(function.invoke("2"));
        assertThat(function.sandboxes()).hasSize(1);
    }

    @Test
    void aProcessThatPassesItsDeadlineIsKilledAndTheNextEventStartsAnother() throws IOException {
        function.close();
        function = deploy(settings().withTimeout(Duration.ofSeconds(1)));

        Outcome outcome = function.invoke("\"hang\"").await();

        assertThat(outcome).isEqualTo(new Outcome.TimedOut(Duration.ofSeconds(1)));
        assertThat(outcome.payload()).contains("Task timed out after 1.00 seconds");
        answer(function.invoke("2"));
        assertThat(function.sandboxes()).hasSize(2);
    }

    @Test
    void aProcessCanBeKilledAtAnyMoment() throws IOException {
        answer(function.invoke("1"));
        Invocation running = function.invoke("\"hang\"");

        function.killAll();

        assertThat(running.await()).isEqualTo(new Outcome.Died(137));
    }

    @Test
    void sigtermEndsAFrozenProcess() throws IOException {
        answer(function.invoke("1"));

        function.sandboxes().getFirst().terminate();

        assertThat(function.sandboxes().getFirst().isAlive()).isFalse();
    }

    @Test
    void oneRequestCanBeDeliveredTwice() throws IOException {
        Invocation first = function.deliver("1", "the-request", function.startSandbox());
        Invocation second = function.deliver("1", "the-request", function.startSandbox());

        assertThat(answer(first).path("requestId")).isEqualTo(answer(second).path("requestId"));
        assertThat(answer(first).path("pid")).isNotEqualTo(answer(second).path("pid"));
    }

    @Test
    void aFunctionThatCannotStartSaysWhy() throws IOException {
        function.close();
        function = deploy(settings().with("REFUSE_TO_START", "yes"));

        Outcome outcome = function.invoke("1").await();

        assertThat(outcome.isError()).isTrue();
        assertThat(outcome.payload() + function.sandboxes().getFirst().printed())
                .contains("told not to start");
    }

    @Test
    void aPackageWithABootstrapRunsIt() throws IOException {
        function.close();
        function = new DeployedFunction(ProbePackages.bootstrap(folder), settings(), folder.resolve("logs"));

        assertThat(function.invoke("{\"n\":1}").await()).isEqualTo(new Outcome.Answered("{\"n\":1}"));
        assertThat(function.invoke("{\"n\":2}").await()).isEqualTo(new Outcome.Answered("{\"n\":2}"));
        assertThat(function.sandboxes()).hasSize(1);
    }

    private static FunctionSettings settings() {
        return FunctionSettings.of("probe", ProbeHandler.class.getName() + "::handleRequest")
                .withTimeout(Duration.ofSeconds(20));
    }

    private static DeployedFunction deploy(FunctionSettings settings) throws IOException {
        return new DeployedFunction(ProbePackages.handler(folder), settings, folder.resolve("logs"));
    }

    private JsonNode answer(Invocation invocation) throws IOException {
        Outcome outcome = invocation.await();
        assertThat(outcome)
                .as(() -> "the processes printed: "
                        + function.sandboxes().stream().map(Sandbox::printed).toList())
                .isInstanceOf(Outcome.Answered.class);
        return JSON.readTree(outcome.payload());
    }
}
