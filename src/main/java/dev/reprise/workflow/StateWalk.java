package dev.reprise.workflow;

import dev.reprise.asl.Body;
import dev.reprise.asl.State;
import dev.reprise.asl.StateMachine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/** Visits every state of a definition, those inside Map and Parallel states too. */
final class StateWalk {

    private record Found(String pointer, Body body) {}

    private StateWalk() {}

    /** @param visitor gets each state with the JSON pointer to it */
    static void visit(StateMachine machine, BiConsumer<String, State> visitor) {
        Deque<Found> bodies = new ArrayDeque<>();
        bodies.add(new Found("", machine.body()));
        while (!bodies.isEmpty()) {
            Found found = bodies.removeFirst();
            for (State state : found.body().states().values()) {
                String pointer = found.pointer() + "/States/" + escape(state.name());
                visitor.accept(pointer, state);
                switch (state) {
                    case State.Map map ->
                        bodies.add(new Found(
                                pointer + "/ItemProcessor", map.processor().body()));
                    case State.Parallel parallel -> {
                        List<Body> branches = parallel.branches();
                        for (int i = 0; i < branches.size(); i++) {
                            bodies.add(new Found(pointer + "/Branches/" + i, branches.get(i)));
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    /** As JSON pointers (RFC 6901) demand. */
    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
