package ${package};

import dev.reprise.testing.WorkflowTest;
import dev.reprise.testing.junit.WorkflowExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The workflow as a whole, in memory and without Quarkus; waits take no time. */
@ExtendWith(WorkflowExtension.class)
class HelloTest {

    private final WorkflowTest hello =
            WorkflowTest.of(Path.of("workflows/hello.asl.json")).tasks(new Greetings());

    @Test
    void somebodyIsGreetedByName() {
        hello.run("{\"name\": \"Ada\"}").assertSucceeded().assertOutput("{\"greeting\": \"Hello, Ada\"}");
    }
}
