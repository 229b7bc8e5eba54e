package dev.reprise.testing;

import java.util.ArrayList;
import java.util.List;

/** The runs that one test has started: what an extension of a test framework shows when the test fails. */
public final class StartedRuns {

    /** Bounds what a test that runs thousands of times keeps. */
    private static final int MOST = 20;

    private static final ThreadLocal<List<WorkflowRun>> WATCHED = new ThreadLocal<>();

    private StartedRuns() {}

    /** From now on, notes the runs that this thread starts. */
    public static void watch() {
        WATCHED.set(new ArrayList<>());
    }

    /** The last runs that this thread has started since, at most 20, which are noted no longer. */
    public static List<WorkflowRun> taken() {
        List<WorkflowRun> runs = WATCHED.get();
        WATCHED.remove();
        return runs == null ? List.of() : runs;
    }

    static void note(WorkflowRun run) {
        List<WorkflowRun> runs = WATCHED.get();
        if (runs != null) {
            if (runs.size() == MOST) {
                runs.removeFirst();
            }
            runs.add(run);
        }
    }
}
