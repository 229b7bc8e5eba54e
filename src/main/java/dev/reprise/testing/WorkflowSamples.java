package dev.reprise.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.RequestException;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.runtime.MapData;
import dev.reprise.task.MappingFile;
import dev.reprise.task.TaskRunners;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The samples beside the workflows, tried: with the function's own tasks, a journal in memory, and a clock that jumps
 * to whatever is waited for, so that a Wait of a day takes no time. In a {@code @QuarkusTest} it can be injected.
 * Thread-safe; runs know nothing of each other.
 */
public final class WorkflowSamples {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final WorkflowCatalogue workflows;
    private final TaskRunners tasks;
    private final MapData mapData;
    private final InterpreterLimits limits;
    private final Supplier<Map<String, String>> stateMachines;

    /**
     * The samples of a catalogue's workflows.
     *
     * @param stateMachines workflows by the ARNs of the state machines for which they stand
     */
    public WorkflowSamples(
            WorkflowCatalogue workflows,
            TaskRunners tasks,
            MapData mapData,
            InterpreterLimits limits,
            Supplier<Map<String, String>> stateMachines) {
        this.workflows = workflows;
        this.tasks = tasks;
        this.mapData = mapData;
        this.limits = limits;
        this.stateMachines = stateMachines;
    }

    /**
     * Runs a workflow to its end, whatever that is. The execution is named {@code sample} and starts at noon, UTC, on
     * 1 January 2026: what is drawn by chance is the same in each run.
     *
     * @throws RequestException when there is no such workflow, or it is not valid
     * @throws IllegalStateException when it waits for an answer from outside that nobody can send here, without a
     *     bound; or when it has waited 2,000 times and does not end
     */
    public ExecutionDescription run(String workflow, JsonNode input) {
        return new SampleFunction(START, workflows, tasks, mapData, limits, stateMachines).run(workflow, input);
    }

    /**
     * The same, with an input that is written as JSON.
     *
     * @throws IllegalArgumentException when it is no JSON
     */
    public ExecutionDescription run(String workflow, String input) {
        try {
            return run(workflow, JSON.readTree(input));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The input is no JSON: " + input, e);
        }
    }

    /**
     * Tries all workflows as far as their files go, and tells what is wrong, a line each: a workflow that is not valid;
     * one with a sample input beside it, {@code NAME.input.json}, that does not succeed with it; one with
     * an expected output, {@code NAME.output.json}, that gives another. A workflow without a sample input is not run.
     *
     * @return empty when all is well
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (WorkflowFile file : workflows.all()) {
            problems.addAll(file.errors());
            if (file.workflow() != null) {
                try {
                    trySample(file, problems);
                } catch (IOException e) {
                    problems.add(file.path() + ": its samples cannot be read: " + e);
                } catch (RequestException | IllegalStateException e) {
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return problems;
    }

    private void trySample(WorkflowFile file, List<String> problems) throws IOException {
        Path input = file.path().resolveSibling(file.name() + ".input.json");
        Path output = file.path().resolveSibling(file.name() + ".output.json");
        if (!Files.exists(input)) {
            if (Files.exists(output)) {
                problems.add(output + ": there is no " + input.getFileName() + " that it could come of");
            }
            return;
        }
        ExecutionDescription ended = run(file.name(), read(input));
        if (ended.status() != ExecutionStatus.SUCCEEDED) {
            problems.add("%s: with %s it ended as %s with %s: %s"
                    .formatted(file.path(), input.getFileName(), ended.status(), ended.error(), ended.cause()));
        } else if (Files.exists(output)) {
            // Read again as text, so that a number counts as what it is written as.
            JsonNode given = JSON.readTree(String.valueOf(ended.output()));
            String difference = JsonDifference.between(read(output), given);
            if (difference != null) {
                problems.add("%s: with %s it gave %s, not what %s says. %s"
                        .formatted(file.path(), input.getFileName(), given, output.getFileName(), difference));
            }
        }
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file + ": is no JSON: " + MappingFile.explain(e), e);
        }
    }
}
