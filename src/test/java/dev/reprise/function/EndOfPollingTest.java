package dev.reprise.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class EndOfPollingTest {

    private static final String LOOP = "io.quarkus.amazon.lambda.runtime.AbstractLambdaPollLoop";

    @Test
    void onlyTheCutConnectionOfAProcessThatWasToldToEndIsKeptOutOfTheLog() {
        assertThat(EndOfPolling.isCutOff(said(LOOP, new SocketException("Closed")), true))
                .isTrue();

        assertThat(EndOfPolling.isCutOff(said(LOOP, new SocketException("Closed")), false))
                .isFalse();
        assertThat(EndOfPolling.isCutOff(said(LOOP, new IllegalStateException()), true))
                .isFalse();
        assertThat(EndOfPolling.isCutOff(said("dev.reprise", new SocketException("Closed")), true))
                .isFalse();
        assertThat(EndOfPolling.isCutOff(said(LOOP, null), true)).isFalse();
    }

    private static LogRecord said(String logger, Throwable thrown) {
        LogRecord said = new LogRecord(Level.SEVERE, "Error running lambda");
        said.setLoggerName(logger);
        said.setThrown(thrown);
        return said;
    }
}
