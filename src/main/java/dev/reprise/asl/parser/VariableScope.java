package dev.reprise.asl.parser;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables that one body's states set, and what its expressions read. A body also sees the variables of the bodies
 * around it, up to a distributed Map, whose items run apart.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">AWS, Passing data between
 *     states with variables</a>
 */
final class VariableScope {

    private record Use(String name, Place place, VariableScope scope) {}

    private final @Nullable VariableScope outer;
    private final Set<String> assigned = new HashSet<>();

    /** What the whole document reads: a variable may be set further down than it is read. */
    private final List<Use> reads;

    private VariableScope(@Nullable VariableScope outer, List<Use> reads) {
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
        names.forEach(name -> reads.add(new Use(name, place, this)));
    }

    /** Warns of whatever was read anywhere in the document and is not set where it could be seen. */
    void reportUnknown(Problems problems) {
        for (Use read : reads) {
            if (!read.scope().sees(read.name())) {
                problems.warning(
                        "UNKNOWN_VARIABLE",
                        read.place(),
                        "no state in scope sets the variable '" + read.name() + "'",
                        problems.nearest(read.name(), read.scope()::seen));
            }
        }
    }

    private boolean sees(String name) {
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            if (scope.assigned.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private Set<String> seen() {
        Set<String> seen = new HashSet<>();
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            seen.addAll(scope.assigned);
        }
        return seen;
    }
}
