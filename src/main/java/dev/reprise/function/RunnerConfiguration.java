package dev.reprise.function;

import dev.reprise.core.InterpreterLimits;
import dev.reprise.runtime.RunnerSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The configuration's {@code reprise.runner.*}: see {@link RunnerSettings} and {@link InterpreterLimits}. */
@ConfigMapping(prefix = "reprise.runner")
interface RunnerConfiguration {

    /** Tasks running at once for one execution. */
    @WithDefault("256")
    int maxTasksInFlight();

    /** A wait up to this length is waited for. */
    @WithDefault("5s")
    Duration waitInProcess();

    /** How often to look for messages of other invocations. */
    @WithDefault("2s")
    Duration inboxPoll();

    /** So long before the deadline no new task is started. */
    @WithDefault("2s")
    Duration admissionMargin();

    /** So long before the deadline the execution is suspended. */
    @WithDefault("1s")
    Duration suspendMargin();

    /** So many invocations in a row may end without having recorded anything. */
    @WithDefault("10")
    int maxFruitlessResumes();

    /** The largest input or output of a state, in bytes of JSON. */
    @WithDefault("6000000")
    int payloadBytes();

    /**
     * So many states may be entered without a fact from outside; an execution that goes on is taken for a loop without
     * end, and fails.
     */
    @WithDefault("10000000")
    long transitionsWithoutFact();

    /** As the runner takes them. */
    default RunnerSettings settings() {
        return new RunnerSettings(
                maxTasksInFlight(),
                waitInProcess(),
                inboxPoll(),
                admissionMargin(),
                suspendMargin(),
                maxFruitlessResumes());
    }

    /** As the interpreter takes them. */
    default InterpreterLimits limits() {
        return new InterpreterLimits(
                payloadBytes(),
                InterpreterLimits.DEFAULT.sliceTransitions(),
                InterpreterLimits.DEFAULT.sliceFuel(),
                transitionsWithoutFact());
    }
}
