package dev.reprise.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.lambda.DyingFunction.Misfortune;
import dev.reprise.process.ExhaustedMemory;
import dev.reprise.process.UncaughtErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In a process of its own: what ends it, and what it outlives. */
@Timeout(60)
class ProcessProtectionTest {

    @ParameterizedTest
    @EnumSource
    void aProcessEndsWhenItsMemoryIsExhaustedOrNobodyAsksForEventsAndOutlivesAllElse(Misfortune misfortune)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:disable",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingFunction.class.getName(),
                        misfortune.name()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        switch (misfortune) {
            case OUT_OF_MEMORY_IN_THE_HANDLER,
                    OUT_OF_MEMORY_ON_A_WORKER_THREAD,
                    OUT_OF_MEMORY_ON_A_THREAD_THAT_NOBODY_WATCHES -> {
                assertThat(process.exitValue()).as(said).isEqualTo(ExhaustedMemory.EXIT_STATUS);
                assertThat(said.lines().toList().getLast()).startsWith("Memory is exhausted: this process ends");
            }
            case ERROR_ON_THE_THREAD_THAT_ASKS_FOR_EVENTS -> {
                assertThat(process.exitValue()).as(said).isEqualTo(UncaughtErrors.EXIT_STATUS);
                assertThat(said).contains("Lambda Thread (NORMAL)", "java.lang.StackOverflowError");
            }
            case ERROR_ON_ANOTHER_THREAD -> {
                assertThat(process.exitValue()).as(said).isEqualTo(DyingFunction.LIVED_ON);
                assertThat(said).contains("The thread 'timer' ended by an error", "java.lang.StackOverflowError");
            }
        }
    }
}
