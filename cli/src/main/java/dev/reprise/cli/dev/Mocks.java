package dev.reprise.cli.dev;

import dev.reprise.asl.State;
import dev.reprise.testing.StateMock;
import dev.reprise.testing.WorkflowTest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of workflows give, as somebody said it.
 *
 * @param workflows what was said, by workflow
 * @param resources those of states of which something was said
 */
record Mocks(Map<String, WorkflowTest> workflows, Set<String> resources) {

    static final Mocks NONE = new Mocks(Map.of(), Set.of());

    Mocks {
        workflows = Map.copyOf(workflows);
        resources = Set.copyOf(resources);
    }

    static Mocks of(Map<String, WorkflowTest> workflows) {
        Set<String> resources = new HashSet<>();
        workflows
                .values()
                .forEach(workflow -> workflow.states().forEach((name, state) -> {
                    if (state instanceof State.Task task
                            && workflow.mock(name, task.resource().uri(), null) != null) {
                        resources.add(task.resource().uri());
                    }
                }));
        return new Mocks(workflows, resources);
    }

    /** Null when nothing was said of that state of that workflow. */
    @Nullable
    StateMock mock(String workflow, String state, String resource, @Nullable Integer item) {
        WorkflowTest said = workflows.get(workflow);
        return said == null ? null : said.mock(state, resource, item);
    }
}
