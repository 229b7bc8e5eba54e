package dev.reprise.nativetests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.nativetests.lambda.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Shows what a process costs before it does anything, and the first thing that it does. */
@EnabledOnOs(OS.LINUX)
class StartFiguresTest {

    /** An executable starts in milliseconds, a JVM in a second. */
    private static final int STARTS = Surroundings.PACKAGE.hasBootstrap() ? 15 : 2;

    @Test
    void aProcessAsksForAnEventAndAnswersTheFirst() throws IOException {
        Figures.printBytes("function.zip", Files.size(Path.of(System.getProperty("function.zip"))));
        if (Surroundings.PACKAGE.hasBootstrap()) {
            Figures.printBytes(
                    "executable", Files.size(Surroundings.PACKAGE.taskRoot().resolve("bootstrap")));
        }
        List<Duration> starts = new ArrayList<>();
        List<Duration> firsts = new ArrayList<>();
        long resident = 0;
        try (Reprise reprise = Reprise.deploy("start-figures", settings -> settings)) {
            for (int i = 0; i < STARTS; i++) {
                Sandbox idle = reprise.function().startSandbox();
                starts.add(idle.awaitReady());
                resident = Math.max(resident, idle.residentBytes());

                // Its event is there before it asks: no time is taken for freezing and thawing.
                Instant begun = Instant.now();
                Sandbox busy = reprise.function().startSandbox();
                String event = Reprise.start("square-numbers", "n" + i, "{\"numbers\": [1, 2, 3]}");
                JsonNode answer = reprise.answerOf(reprise.function().deliver(event, "request-" + i, busy));
                firsts.add(Duration.between(begun, Instant.now()).minus(busy.awaitReady()));
                assertThat(answer.path("status").asText()).isEqualTo("SUCCEEDED");
                reprise.function().killAll();
            }
        }
        Figures.print("start to the first request for an event", starts);
        Figures.printBytes("resident then, at most", resident);
        Figures.print("first square-numbers of a process", firsts);
    }
}
