package dev.reprise.task;

/** Is told of each task of this process that fails, with what it threw; safe for use by many threads. */
@FunctionalInterface
public interface FailureListener {

    /** Tells nobody. */
    FailureListener NONE = (call, thrown) -> {};

    /**
     * A task has failed. What this throws is nobody's matter.
     *
     * @param thrown what its method threw
     */
    void failed(TaskCall call, Throwable thrown);
}
