package dev.reprise.operations;

import dev.reprise.execution.RequestException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with executions by those who do not wait until they have gone as far as they can, as the Step
 * Functions API's callers do. What is said of the exceptions of {@link Executions} holds here too.
 */
public interface DetachedExecutions {

    /**
     * Starts an execution, which goes on behind. When one of that name and input is running, that one is answered for.
     *
     * @return when it started
     * @throws RequestException {@code ExecutionAlreadyExists} when there is another of that name, or one that has ended
     */
    Instant launch(Launch launch, Invocation invocation, Background background);

    /** Runs an execution that leaves no trace to its end. */
    ExecutionDescription runToItsEnd(Launch launch, Invocation invocation);

    /**
     * Has an execution that failed, timed out or was aborted go on from where it did, behind.
     *
     * @return when it was redriven
     */
    Instant redrive(String executionArn, Invocation invocation, Background background);

    /** All that is known of an execution but its history. */
    ExecutionView view(String executionArn);

    /** The same without what it was given and gave. */
    ExecutionView viewWithoutData(String executionArn);

    /** The distributed Maps that have begun in an execution, in the order in which they did. */
    List<MapRunView> mapRuns(String executionArn);

    /** What an execution has cost so far. This replays it from its start. */
    ExecutionCost cost(String executionArn);

    /** Executions of one workflow, or that bear some labels, newest first. */
    Page list(ExecutionFilter filter, int limit, @Nullable String next);

    /**
     * A page of executions. It may hold fewer than were asked for, and not be the last.
     *
     * @param executions without what they were given and gave
     * @param next asks for the page after this one; null on the last
     */
    record Page(List<ExecutionView> executions, @Nullable String next) {
        public Page {
            executions = List.copyOf(executions);
        }
    }
}
