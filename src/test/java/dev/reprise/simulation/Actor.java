package dev.reprise.simulation;

import java.util.concurrent.Semaphore;

/**
 * Somebody whose work takes time. It has a thread of its own, which moves only when the {@link Scheduler} gives it its
 * turn.
 */
final class Actor {

    final String name;

    private final Semaphore turn = new Semaphore(0);

    /** Counts its waits, so that what was to end an earlier one does not end a later one. */
    long waits;

    boolean dead;

    Actor(String name) {
        this.name = name;
    }

    void giveTurn() {
        turn.release();
    }

    void awaitTurn() {
        turn.acquireUninterruptibly();
    }
}
