package dev.reprise.function;

import io.quarkus.logging.LoggingFilter;
import io.quarkus.runtime.ApplicationLifecycleManager;
import java.io.IOException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log what is no error: that the loop which asks for events is cut off when the process is told to
 * end.
 */
@LoggingFilter(name = "end-of-polling")
public final class EndOfPolling implements Filter {

    private static final String LOOP = "io.quarkus.amazon.lambda.runtime.AbstractLambdaPollLoop";

    @Override
    public boolean isLoggable(LogRecord said) {
        return !isCutOff(said, ApplicationLifecycleManager.isVmShuttingDown());
    }

    static boolean isCutOff(LogRecord said, boolean shuttingDown) {
        return shuttingDown && LOOP.equals(said.getLoggerName()) && said.getThrown() instanceof IOException;
    }
}
