package dev.reprise.query.jsonpath;

import dev.reprise.query.Fuel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A regular expression of a filter, compiled to an automaton. Whether a text matches is decided in work that is at most
 * the text's length times the expression's, whatever the two are, and without recursion. Immutable and safe for use by
 * any thread.
 */
final class RegularExpression {

    /** Bound on the automaton, which repetition with numbers makes large. */
    private static final int LARGEST = 20_000;

    private final List<State> states = new ArrayList<>();
    private final int first;

    private RegularExpression(Regex regex) {
        int end = add(new State.End());
        this.first = build(regex, end);
    }

    /** A state of the automaton; numbers are those of the states that follow. */
    private sealed interface State {

        record End() implements State {}

        record One(IntPredicate accepted, int next) implements State {}

        record Place(Regex.Boundary boundary, int next) implements State {}

        record Fork(List<Integer> next) implements State {}
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException when it is not well-formed, is too large, or has what cannot be decided in
     *     bounded work
     */
    static RegularExpression compile(String text, boolean ignoringCase) {
        return new RegularExpression(RegexParser.parse(text, ignoringCase));
    }

    private int add(State state) {
        if (states.size() == LARGEST) {
            throw new IllegalArgumentException("a regular expression is too large");
        }
        states.add(state);
        return states.size() - 1;
    }

    /**
     * Builds the states for {@code regex} before the state {@code next}; gives the first of them. The parser bounds how
     * deep it nests.
     */
    private int build(Regex regex, int next) {
        return switch (regex) {
            case Regex.One(IntPredicate accepted) -> add(new State.One(accepted, next));
            case Regex.Place(Regex.Boundary boundary) -> add(new State.Place(boundary, next));
            case Regex.Sequence(List<Regex> parts) -> {
                int entry = next;
                for (Regex part : parts.reversed()) {
                    entry = build(part, entry);
                }
                yield entry;
            }
            case Regex.Choice(List<Regex> parts) -> {
                List<Integer> entries = new ArrayList<>();
                for (Regex part : parts) {
                    entries.add(build(part, next));
                }
                yield add(new State.Fork(List.copyOf(entries)));
            }
            case Regex.Repeated repeated -> build(repeated, next);
        };
    }

    private int build(Regex.Repeated repeated, int next) {
        int entry = next;
        if (repeated.most() == Regex.ANY) {
            int loop = add(new State.End());
            int body = build(repeated.part(), loop);
            states.set(loop, new State.Fork(List.of(body, next)));
            entry = loop;
        } else {
            for (int i = repeated.fewest(); i < repeated.most(); i++) {
                int body = build(repeated.part(), entry);
                entry = add(new State.Fork(List.of(body, next)));
            }
        }
        for (int i = 0; i < repeated.fewest(); i++) {
            int before = entry;
            entry = build(repeated.part(), before);
            if (entry == before) {
                return entry; // Nothing, repeated.
            }
        }
        return entry;
    }

    /** Whether the whole text matches. Every state that is tried at a place burns fuel. */
    boolean matches(String text, Fuel fuel) {
        fuel.burn(Work.characters(text.length() + states.size()));
        int[] characters = text.codePoints().toArray();
        Active now = new Active();
        Active then = new Active();
        now.enter(first, characters, 0, fuel);
        for (int at = 0; at < characters.length && now.size > 0; at++) {
            then.clear();
            for (int i = 0; i < now.size; i++) {
                if (states.get(now.waiting[i]) instanceof State.One(IntPredicate accepted, int next)
                        && accepted.test(characters[at])) {
                    then.enter(next, characters, at + 1, fuel);
                }
            }
            Active before = now;
            now = then;
            then = before;
        }
        return now.ended;
    }

    /** The states in which the automaton is at once. */
    private final class Active {
        private final int[] waiting = new int[states.size()];
        private final int[] open = new int[states.size()];
        private final int[] seen = new int[states.size()];
        private int size;
        private int round = 1;
        private boolean ended;

        void clear() {
            size = 0;
            ended = false;
            round++;
        }

        /** Enters a state, and those that follow without a character. */
        void enter(int state, int[] text, int at, Fuel fuel) {
            int depth = push(state, 0, fuel);
            while (depth > 0) {
                int top = open[--depth];
                switch (states.get(top)) {
                    case State.End end -> ended = at == text.length;
                    case State.One one -> waiting[size++] = top;
                    case State.Place(Regex.Boundary boundary, int next) -> {
                        if (boundary.isAt(text, at)) {
                            depth = push(next, depth, fuel);
                        }
                    }
                    case State.Fork(List<Integer> next) -> {
                        for (int branch : next) {
                            depth = push(branch, depth, fuel);
                        }
                    }
                }
            }
        }

        private int push(int state, int depth, Fuel fuel) {
            fuel.burn(1);
            if (seen[state] == round) {
                return depth;
            }
            seen[state] = round;
            open[depth] = state;
            return depth + 1;
        }
    }
}
