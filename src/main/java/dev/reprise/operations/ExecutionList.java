package dev.reprise.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a workflow's executions, newest first; outputs, errors and causes are left out.
 *
 * @param next asks for the page after this one; null when there is none
 */
public record ExecutionList(
        List<ExecutionDescription> executions, @Nullable String next) {
    public ExecutionList {
        executions = List.copyOf(executions);
    }
}
