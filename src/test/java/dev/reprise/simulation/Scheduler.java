package dev.reprise.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and what happens when. One thing happens at a time: an actor works until it waits, and then hands over
 * to whatever comes next. Of things that are due at the same millisecond the dice decide which comes first. No real
 * time passes but that of the work itself.
 */
final class Scheduler {

    /** Far more than any execution of the simulation takes. */
    private static final int MOST_EVENTS = 150_000;

    private record Event(long at, long draw, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(draw, other.draw);
        }
    }

    private final Dice dice;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Set<Actor> actors = new LinkedHashSet<>();
    private final Actor main = new Actor("main");
    private Actor current = main;
    private @Nullable Actor next;
    private @Nullable Throwable failure;
    private boolean closing;
    private long now;
    private int happened;

    Scheduler(Dice dice) {
        this.dice = dice;
    }

    /** Milliseconds since the simulation began. */
    long now() {
        return now;
    }

    /** Has something happen at that time; it must not wait. */
    void at(long time, Runnable action) {
        events.add(new Event(Math.max(time, now), dice.generator().nextLong(), action));
    }

    /** Sends an actor to work at that time. */
    void begin(String name, long time, Consumer<Actor> work) {
        at(time, () -> {
            Actor actor = new Actor(name);
            actors.add(actor);
            next = actor;
            Thread.ofVirtual().name(name).start(() -> live(actor, work));
        });
    }

    private void live(Actor actor, Consumer<Actor> work) {
        actor.awaitTurn();
        try {
            work.accept(actor);
        } catch (Crash e) {
            // Its work ends here.
        } catch (Throwable e) {
            fail(e);
        }
        actors.remove(actor);
        pass(null);
    }

    /**
     * The actor whose turn it is waits until that time, or until it is woken.
     *
     * @throws Crash when it has been killed
     */
    void waitUntil(long time) {
        Actor actor = current;
        if (actor.dead) {
            throw new Crash();
        }
        resumeAt(time, actor);
        pass(actor);
        if (actor.dead) {
            throw new Crash();
        }
    }

    private void resumeAt(long time, Actor actor) {
        long wait = actor.waits;
        at(time, () -> {
            if (actor.waits == wait && actors.contains(actor)) {
                actor.waits++;
                next = actor;
            }
        });
    }

    /** Ends an actor's wait. */
    void wake(Actor actor) {
        resumeAt(now, actor);
    }

    /** The actor does nothing more. */
    void kill(Actor actor) {
        actor.dead = true;
        wake(actor);
    }

    /**
     * Lets happen what comes next, and gives the next actor its turn.
     *
     * @param waiting whose turn it was, and who now waits for another one; null when there is none to come
     */
    private void pass(@Nullable Actor waiting) {
        Actor chosen = next();
        current = chosen;
        if (chosen != waiting) {
            chosen.giveTurn();
            if (waiting != null) {
                waiting.awaitTurn();
            }
        }
    }

    private Actor next() {
        next = null;
        while (next == null) {
            Event event = events.poll();
            if (event == null || failure != null || closing) {
                return main;
            }
            now = event.at();
            happen(event);
        }
        return next;
    }

    private void happen(Event event) {
        if (++happened > MOST_EVENTS) {
            fail(new IllegalStateException("it does not come to rest"));
        }
        try {
            event.action().run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    /**
     * Lets everything happen, until nothing is left to happen.
     *
     * @return what went wrong in the simulation itself; null when nothing did
     */
    @Nullable
    Throwable run() {
        pass(main);
        return failure;
    }

    /** Ends whoever is left, so that no thread stays behind. */
    void close() {
        closing = true;
        for (Actor left : List.copyOf(actors)) {
            left.dead = true;
            current = left;
            left.giveTurn();
            main.awaitTurn();
        }
    }
}
