package dev.reprise.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.StatesError;
import dev.reprise.task.TaskCall;
import dev.reprise.task.TaskContext;
import dev.reprise.task.TaskException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFailureLogTest {

    private final List<String> lines = new ArrayList<>();
    private final TaskFailureLog log = new TaskFailureLog(lines::add);

    private static TaskCall call(String scope) {
        return new TaskCall(
                "task:charge",
                JsonNodeFactory.instance.objectNode(),
                new TaskContext(
                        "arn:aws:states:us-east-1:000000000000:execution:orders:n1", scope, "Charge", 2, "key", null),
                null);
    }

    private static TaskException ofMethod(Throwable thrown) {
        return new TaskException(new StatesError(thrown.getClass().getName(), thrown.getMessage()), thrown);
    }

    @Test
    void tellsWhereItFailedAndShowsTheFramesOfTheUsersCode() {
        IllegalStateException thrown = new IllegalStateException("card declined", new RuntimeException("no\nanswer"));
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.Optional", "orElseThrow", "Optional.java", 403),
            new StackTraceElement("org.example.Charging", "charge", "Charging.java", 12),
            new StackTraceElement("org.example.Charging_ClientProxy", "charge", null, -1),
            new StackTraceElement("dev.reprise.task.TaskMethodRunner", "invoke", "TaskMethodRunner.java", 70),
            new StackTraceElement("org.example.NeverShown", "run", "NeverShown.java", 1),
        });
        thrown.getCause().setStackTrace(new StackTraceElement[0]);

        log.failed(call("/ProcessOrders[17]"), ofMethod(thrown));

        assertThat(lines)
                .containsExactly("orders/Charge, attempt 2 (execution n1, /ProcessOrders[17]) failed:"
                        + " java.lang.IllegalStateException: card declined"
                        + "\n\tat org.example.Charging.charge(Charging.java:12)"
                        + "\n\tcaused by java.lang.RuntimeException: no answer");
    }

    @Test
    void anErrorThatTheTaskNamesItselfIsOneLine() {
        log.failed(call("/"), new TaskException("CardDeclined", "card ends\r\nin 4242"));

        assertThat(lines)
                .containsExactly("orders/Charge, attempt 2 (execution n1) failed: CardDeclined: card ends in 4242");
    }

    @Test
    void whatFailsOverAndOverIsCounted() {
        for (int i = 0; i < 1_000; i++) {
            log.failed(call("/Map[" + i + "]"), ofMethod(new IllegalStateException("order " + i)));
        }

        assertThat(lines).hasSize(6);
        assertThat(lines.get(2)).endsWith("(further failures of this kind are not shown one by one)");
        assertThat(lines.get(5))
                .startsWith("orders/Charge, attempt 2 (execution n1, /Map[999]) failed:")
                .endsWith("order 999 (1000 times so far)");
    }
}
