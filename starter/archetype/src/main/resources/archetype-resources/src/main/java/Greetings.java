package ${package};

import dev.reprise.task.Task;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Tasks of the workflows. Any class may have some. */
public class Greetings {

    /** What the task is given. A native executable has to be told that Jackson reads it. */
    @RegisterForReflection
    public record Person(String name) {}

    @Task("greet")
    String greet(Person person) {
        return "Hello, " + person.name();
    }
}
