package dev.reprise.workflow;

import java.util.Set;

/**
 * What became of a workflow's files.
 *
 * @param used the tokens that were replaced in the definition
 */
record LoadedWorkflow(WorkflowFile file, Set<String> used) {
    LoadedWorkflow {
        used = Set.copyOf(used);
    }
}
