package dev.reprise.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Everything that is left to chance, decided by a seed. */
final class Dice {

    private final SplittableRandom random;

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    static Dice of(long seed) {
        return new Dice(new SplittableRandom(seed));
    }

    /**
     * Others, that are thrown independently of these: what is asked of the one does not change what the other gives.
     */
    Dice split() {
        return new Dice(random.split());
    }

    RandomGenerator generator() {
        return random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** Mostly near the least, sometimes up to the most, and each order of magnitude as often as any other. */
    long magnitude(long least, long most) {
        return Math.round(least * Math.pow((double) most / least, random.nextDouble()));
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
