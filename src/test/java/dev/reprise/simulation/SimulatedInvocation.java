package dev.reprise.simulation;

import dev.reprise.execution.ExecutionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One invocation, as the world sees it. */
final class SimulatedInvocation {

    final String name;
    final String requestId;

    /** When its time is over, by the world's clock. */
    final long deadline;

    /** Milliseconds between two looks at the clock. */
    final long coldness;

    final Actor actor;

    private int stepsToLive;
    private int stepsToFreeze;
    private final boolean overruns;

    /** When it took an execution's lease; never before it did. */
    long openedAt = Long.MAX_VALUE;

    /** The execution that it took over or began; null before it did. */
    @Nullable
    ExecutionId opened;

    /**
     * Whether it has given the lease up, which does not keep a request that it sent before from taking it once more.
     */
    boolean suspended;

    /** Whether a request of its own took the lease after it had given that request up: it knows nothing of it. */
    boolean leasedUnawares;

    /** Whether it has heard that another one owns the execution. */
    boolean fenced;

    /** Whether it has put facts into its own execution's inbox, as it does where no entry has its place. */
    boolean leavesFacts;

    /** The tasks that it began and that heed no interrupt. */
    final List<DeafTask> deaf = new ArrayList<>();

    /** Whether it has come to its end, one way or the other. */
    boolean over;

    SimulatedInvocation(
            String name,
            String requestId,
            long deadline,
            int stepsToLive,
            int stepsToFreeze,
            long coldness,
            Actor actor) {
        this.coldness = coldness;
        this.name = name;
        this.requestId = requestId;
        this.deadline = deadline;
        this.stepsToLive = stepsToLive;
        this.stepsToFreeze = stepsToFreeze;
        this.overruns = stepsToFreeze >= 0;
        this.actor = actor;
    }

    boolean diesNow() {
        return stepsToLive >= 0 && stepsToLive-- == 0;
    }

    boolean freezesNow() {
        return stepsToFreeze >= 0 && stepsToFreeze-- == 0;
    }

    /** Whether nobody ends it when its time is over. */
    boolean overruns() {
        return overruns;
    }

    @Override
    public String toString() {
        return name;
    }
}
