package dev.reprise.testing.teststate;

import dev.reprise.asl.Body;
import dev.reprise.asl.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state that is tested, and what it stands in.
 *
 * @param state the state itself
 * @param around the Map and Parallel states around it, the innermost first
 */
record TestedState(State state, List<State.Guarded> around) {

    TestedState {
        around = List.copyOf(around);
    }

    /** The state of this name, in whatever body it stands; null when there is none. */
    static @Nullable TestedState find(Body body, String name) {
        return find(body, name, List.of());
    }

    private static @Nullable TestedState find(Body body, String name, List<State.Guarded> around) {
        State here = body.states().get(name);
        if (here != null) {
            return new TestedState(here, around);
        }
        for (State state : body.states().values()) {
            TestedState found = new TestedState(state, around).findInside(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The state of this name in the bodies of this one; null when there is none. */
    @Nullable
    TestedState findInside(String name) {
        List<Body> bodies = switch (state) {
            case State.Map map -> List.of(map.processor().body());
            case State.Parallel parallel -> parallel.branches();
            default -> List.of();
        };
        for (Body body : bodies) {
            List<State.Guarded> outwards = new ArrayList<>();
            outwards.add((State.Guarded) state);
            outwards.addAll(around);
            TestedState found = find(body, name, outwards);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether it runs for each item of a Map. */
    boolean isInMap() {
        return around.stream().anyMatch(State.Map.class::isInstance);
    }

    /** Its {@code Type}. */
    String type() {
        return switch (state) {
            case State.Pass pass -> "Pass";
            case State.Task task -> "Task";
            case State.Choice choice -> "Choice";
            case State.Wait wait -> "Wait";
            case State.Succeed succeed -> "Succeed";
            case State.Fail fail -> "Fail";
            case State.Parallel parallel -> "Parallel";
            case State.Map map -> "Map";
        };
    }
}
