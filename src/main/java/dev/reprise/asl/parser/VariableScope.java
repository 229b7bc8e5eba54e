package dev.reprise.asl.parser;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables that one body's states set, and what its expressions read. A body also sees the variables of the bodies around it, up to a distributed Map, whose items run apart.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">AWS, Passing data between states with variables</a>
 */
final class VariableScope {

    private record Read(String name, Place place, VariableScope scope) {}

    private final @Nullable VariableScope outer;
    private final Set<String> assigned = new HashSet<>();

    /** The reads of the whole document: a variable may be set further down than it is read. */
    private final List<Read> reads;

    private VariableScope(@Nullable VariableScope outer, List<Read> reads) {
        this.outer = outer;
        this.reads = reads;
    }

    /** The scope of a document that is about to be read. */
    static VariableScope root() {
        return new VariableScope(null, new ArrayList<>());
    }

    /** The scope of a body inside this one. */
    VariableScope inner() {
        return new VariableScope(this, reads);
    }

    /** A scope around which there is none. */
    VariableScope apart() {
        return new VariableScope(null, reads);
    }

    void assign(String name) {
        assigned.add(name);
    }

    void read(Set<String> names, Place place) {
        names.forEach(name -> reads.add(new Read(name, place, this)));
    }

    /** Warns of whatever was read anywhere in the document and is not set where it could be seen. */
    void reportUnknown(Problems problems) {
        for (Read read : reads) {
            Set<String> seen = read.scope().seen();
            if (!seen.contains(read.name())) {
                problems.warning(
                        "UNKNOWN_VARIABLE",
                        read.place(),
                        "no state in scope sets the variable '" + read.name() + "'",
                        problems.nearest(read.name(), seen));
            }
        }
    }

    private Set<String> seen() {
        if (outer == null) {
            return assigned;
        }
        Set<String> seen = new HashSet<>(assigned);
        seen.addAll(outer.seen());
        return seen;
    }
}
