package dev.reprise.telemetry.trace;

import dev.reprise.execution.Span;
import org.jspecify.annotations.Nullable;

/**
 * Which items of Maps have spans: the first one, and of the others so many that the rate is kept, evenly spread. It
 * goes by the index alone, so every invocation chooses the same ones. Branches of a Parallel are few, and all have
 * spans.
 *
 * @param rate from 0 to 1
 */
record ItemSampling(double rate) {

    ItemSampling {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("reprise.traces.item-rate is between 0 and 1, not " + rate);
        }
    }

    /** Whether a span is sent, as far as the items go that it is part of; null is the execution, which always is. */
    boolean includes(@Nullable Span span) {
        return switch (span) {
            case null -> true;
            case Span.Attempt attempt -> includes(attempt.within());
            case Span.State state -> includes(state.within());
            case Span.Child child ->
                includes(child.within())
                        && (child.within().type() != Span.StateType.MAP
                                || includes(child.scope().index()));
        };
    }

    private boolean includes(int index) {
        return rate > 0 && (index == 0 || Math.floor(index * rate) > Math.floor((index - 1) * rate));
    }
}
