package dev.reprise.asl;

/**
 * What a Map runs for each item.
 *
 * @param mode {@code ProcessorConfig.Mode}
 * @param executionType {@code ProcessorConfig.ExecutionType}, of a distributed Map's children
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html">AWS, Map state</a>
 */
public record ItemProcessor(Mode mode, ExecutionType executionType, Body body) {

    /** Where items run. */
    public enum Mode {
        /** As scopes of this execution. */
        INLINE,
        /** As isolated child executions. */
        DISTRIBUTED
    }

    /** The kind of a child execution. */
    public enum ExecutionType {
        STANDARD,
        EXPRESS
    }
}
