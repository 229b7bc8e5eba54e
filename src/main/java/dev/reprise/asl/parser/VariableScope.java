package dev.reprise.asl.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The uses of the whole document: a variable may be set further down than it is read, or set again. */
    private record Uses(List<Use> reads, List<Use> assignments) {}

    private final @Nullable VariableScope outer;
    /** The names that are set; and where the catchers of one state alone set one, that state. */
    private final Map<String, Optional<Place>> assigned = new HashMap<>();

    private final Uses uses;

    private VariableScope(@Nullable VariableScope outer, Uses uses) {
        this.outer = outer;
        this.uses = uses;
    }

    /** The scope of a document that is about to be read. */
    static VariableScope root() {
        return new VariableScope(null, new Uses(new ArrayList<>(), new ArrayList<>()));
    }

    /** The scope of a body inside this one. */
    VariableScope inner() {
        return new VariableScope(this, uses);
    }

    /** A scope around which there is none. */
    VariableScope apart() {
        return new VariableScope(null, uses);
    }

    void assign(String name, Place place) {
        assigned.put(name, Optional.empty());
        uses.assignments().add(new Use(name, place, this));
    }

    /** @param state whose catcher it is */
    void assignWhenCaught(String name, Place place, Place state) {
        assigned.merge(name, Optional.of(state), (one, other) -> one.equals(other) ? one : Optional.empty());
        uses.assignments().add(new Use(name, place, this));
    }

    void read(Set<String> names, Place place) {
        names.forEach(name -> uses.reads().add(new Use(name, place, this)));
    }

    /**
     * Refuses whatever is set in a body and in one around it too: the inner value would be lost with the inner body.
     * Bodies side by side may use the same name.
     */
    void reportShadowing(Problems problems) {
        for (Use assignment : uses.assignments()) {
            if (assignment.scope().shadows(assignment)) {
                problems.error(
                        assignment.place(),
                        "The variable '" + assignment.name() + "' is assigned in an outer scope too",
                        "choose another name; what a Map or Parallel is to set, its own Assign can take from its"
                                + " result");
            }
        }
    }

    /** Warns of whatever was read anywhere in the document and is not set where it could be seen. */
    void reportUnknown(Problems problems) {
        for (Use read : uses.reads()) {
            if (!read.scope().sees(read.name())) {
                problems.warning(
                        "UNKNOWN_VARIABLE",
                        read.place(),
                        "no state in scope sets the variable '" + read.name() + "'",
                        problems.nearest(read.name(), read.scope()::seen));
            }
        }
    }

    /** What a Map's or Parallel's own catcher sets, it sets when the bodies in it have failed: AWS takes that. */
    private boolean shadows(Use assignment) {
        for (VariableScope scope = outer; scope != null; scope = scope.outer) {
            Optional<Place> catching = scope.assigned.get(assignment.name());
            if (catching != null
                    && !catching.filter(assignment.place()::isWithin).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private boolean sees(String name) {
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            if (scope.assigned.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    private Set<String> seen() {
        Set<String> seen = new HashSet<>();
        for (VariableScope scope = this; scope != null; scope = scope.outer) {
            seen.addAll(scope.assigned.keySet());
        }
        return seen;
    }
}
