package dev.reprise.cli.dev;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Shows what the engine logs: the time, the level where it is more than news, and the message. */
public final class LogLines extends Handler {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;

    private LogLines(PrintWriter out) {
        this.out = out;
        setFormatter(new Line());
    }

    /** From now on all is shown there, from {@link Level#INFO} on. */
    public static void to(PrintWriter out) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LogLines(out));
        root.setLevel(Level.INFO);
    }

    private static final class Line extends Formatter {

        @Override
        public String format(LogRecord logged) {
            StringBuilder line = new StringBuilder(
                    TIME.format(Instant.ofEpochMilli(logged.getMillis()).atZone(ZoneId.systemDefault())));
            line.append(' ');
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
                line.append("ERROR ");
            } else if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
                line.append("WARN ");
            }
            line.append(formatMessage(logged)).append('\n');
            if (logged.getThrown() != null) {
                StringWriter trace = new StringWriter();
                logged.getThrown().printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }
    }

    @Override
    public void publish(LogRecord logged) {
        if (isLoggable(logged)) {
            out.print(getFormatter().format(logged));
            out.flush();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
