package dev.reprise.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.task.Task;
import dev.reprise.testing.WorkflowRun;
import dev.reprise.testing.WorkflowTest;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tasks' methods log is kept; what anybody else logs is not. */
class TaskLogsTest {

    private static final Logger LOG = Logger.getLogger("org.example.Prices");

    private final TaskLogs logs = new TaskLogs();
    private final Handler handler = logs.handler(new SimpleFormatter());

    /** Tasks that log. */
    public static final class Prices {

        @Task("logged-price")
        public int price(int line) {
            if (line == 1) {
                IllegalStateException none = new IllegalStateException("no price");
                LOG.log(Level.SEVERE, "line " + line, none);
                throw none;
            }
            LOG.log(Level.INFO, "line {0}", line);
            return line;
        }
    }

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void end() {
        Logger.getLogger("").removeHandler(handler);
    }

    @Test
    void aLineIsKeptWithItsStateItemAndAttempt() {
        WorkflowTest test = WorkflowTest.ofDefinition("orders", """
            {"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true, "ToleratedFailureCount": 1,
              "ItemProcessor": {"StartAt": "Price", "States": {"Price": {"Type": "Task", "Resource": "task:logged-price",
                "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}], "End": true}}}}}}
            """).tasks(new Prices());
        LOG.info("before");
        WorkflowRun run = test.run("[0, 1]");
        LOG.info("after");

        assertThat(logs.of(run.executionArn()).lines())
                .extracting(line ->
                        line.level() + " " + line.message() + " " + line.state() + line.scope() + " " + line.attempt())
                .containsExactlyInAnyOrder(
                        "INFO line 0 Price/Each[0] 0", "ERROR line 1 Price/Each[1] 0", "ERROR line 1 Price/Each[1] 1");
        assertThat(logs.of(run.executionArn()).lines())
                .filteredOn(line -> line.level().equals("ERROR"))
                .allSatisfy(line ->
                        assertThat(line.stackTrace()).startsWith("java.lang.IllegalStateException: no price\n\tat"));
        assertThat(logs.of("another").lines()).isEmpty();
    }
}
