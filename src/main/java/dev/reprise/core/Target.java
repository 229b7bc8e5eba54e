package dev.reprise.core;

import dev.reprise.asl.Transition;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a state leads, resolved to the state itself after all of its body are compiled. */
final class Target {

    private final @Nullable String name;
    private @Nullable Behaviour state;

    private Target(@Nullable String name) {
        this.name = name;
    }

    static Target of(Transition transition) {
        return switch (transition) {
            case Transition.Next next -> new Target(next.state());
            case Transition.End end -> new Target(null);
        };
    }

    static Target of(String name) {
        return new Target(name);
    }

    void link(Function<String, Behaviour> states) {
        if (name != null) {
            state = states.apply(name);
        }
    }

    /** The name of the state to go on with; null when the body ends here. */
    @Nullable
    String name() {
        return name;
    }

    /** The state to go on with; null when the body ends here. */
    @Nullable
    Behaviour state() {
        return state;
    }
}
