package dev.reprise.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.task.CurrentTask;
import dev.reprise.task.TaskContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Writes what is logged as a line of JSON. What a task's method logs names the execution, the state, the scope and the
 * attempt, under the names that {@link RunLog} uses.
 */
public final class JsonLogFormatter extends ExtFormatter {

    private final RequestUnderWay request;

    /** Names the request in which something was logged. */
    public JsonLogFormatter(RequestUnderWay request) {
        this.request = request;
    }

    @Override
    public String format(ExtLogRecord said) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("timestamp", said.getInstant().toString());
        line.put("level", level(said.getLevel().intValue()));
        line.put("logger", said.getLoggerName());
        line.put("message", formatMessage(said));
        if (request.requestId() != null) {
            line.put("requestId", request.requestId());
        }
        TaskContext task = CurrentTask.context();
        if (task != null) {
            line.put("executionArn", task.executionArn());
            line.put("workflow", Names.workflow(task.executionArn()));
            line.put("state", task.state());
            if (!task.scope().equals("/")) {
                line.put("scope", task.scope());
            }
            line.put("attempt", task.attempt());
        }
        if (said.getThrown() != null) {
            line.put("stackTrace", trace(said.getThrown()));
        }
        return line + "\n";
    }

    /** As Lambda's own filter of log levels knows them. */
    private static String level(int value) {
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
