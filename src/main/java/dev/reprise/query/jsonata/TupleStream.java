package dev.reprise.query.jsonata;

import com.fasterxml.jackson.databind.node.POJONode;
import java.util.List;

/** Tuples on their way from a path to the path around it. */
@SuppressWarnings("serial")
final class TupleStream extends POJONode {

    private final transient List<Tuple> tuples;

    TupleStream(List<Tuple> tuples) {
        super(null);
        this.tuples = tuples;
    }

    List<Tuple> tuples() {
        return tuples;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
