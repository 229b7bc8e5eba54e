package dev.reprise.simulation;

/**
 * What goes wrong, and how often: drawn anew for each schedule, so that some schedules see one kind of trouble only,
 * and others many at once. There is an end to it, so that it can be seen whether the execution recovers.
 */
final class Weather {

    /** What becomes of one request to the table. */
    enum Fault {
        NONE,
        /** It is turned away: too many requests. */
        THROTTLED,
        /** It does not arrive. */
        FAILED,
        /** It is carried out, but its sender never hears of it. */
        ANSWER_LOST,
        /** Its sender gives it up, and then it is carried out after all. */
        LATE
    }

    private static final Fault[] FAULTS = {
        Fault.THROTTLED, Fault.FAILED, Fault.ANSWER_LOST, Fault.ANSWER_LOST, Fault.LATE
    };

    private final Dice dice;

    private final double faults;
    private final double slow;
    private final double crashes;
    private final double shortInvocations;
    private double freezes;
    private final double colds;
    private final double wakeUps;
    private final double pauses;
    private final int skew;
    private final boolean schedules;
    private final long outageFrom;
    private final long outageTo;

    /** Troubles with requests and messages that are still to come. */
    private int troubles;

    /**
     * Invocations that are still to be cut short. Fewer than it takes to have the engine believe that an execution gets
     * nowhere.
     */
    private int deaths;

    Weather(Dice dice) {
        this.dice = dice;
        this.troubles = dice.between(0, 60);
        this.deaths = dice.between(0, 6);
        this.faults = sometimes(0.3);
        this.slow = sometimes(0.1);
        this.crashes = sometimes(0.9);
        this.shortInvocations = sometimes(0.6);
        this.freezes = sometimes(0.5);
        this.colds = sometimes(0.5);
        this.wakeUps = sometimes(0.8);
        this.pauses = sometimes(0.02);
        this.skew = dice.chance(0.5) ? 0 : dice.between(1, 900);
        this.schedules = dice.chance(0.5);
        this.outageFrom = dice.chance(0.8) ? Long.MAX_VALUE : dice.magnitude(10, 1_000_000);
        this.outageTo = outageFrom == Long.MAX_VALUE ? 0 : outageFrom + dice.magnitude(100, 60_000);
    }

    /** There is new trouble for what comes after the end. */
    void beginAnew() {
        troubles += dice.between(0, 20);
        deaths += dice.between(0, 3);
        freezes = sometimes(0.9);
    }

    /** Every second schedule has none of it. */
    private double sometimes(double most) {
        return dice.chance(0.5) ? 0 : dice.generator().nextDouble(most);
    }

    private boolean trouble(double probability) {
        if (troubles > 0 && dice.chance(probability)) {
            troubles--;
            return true;
        }
        return false;
    }

    private boolean death(double probability) {
        if (deaths > 0 && dice.chance(probability)) {
            deaths--;
            return true;
        }
        return false;
    }

    Fault fault(long time) {
        if (time >= outageFrom && time < outageTo) {
            return Fault.FAILED;
        }
        return trouble(faults) ? dice.oneOf(FAULTS) : Fault.NONE;
    }

    /** Milliseconds that a request, or an answer, is on its way. */
    long latency() {
        return trouble(slow) ? dice.magnitude(50, 60_000) : dice.between(1, 6);
    }

    /** Milliseconds that go by between two looks at the clock. */
    long pause() {
        return trouble(pauses) ? dice.magnitude(1, 5_000) : 0;
    }

    /** Milliseconds after which a request that was given up is carried out. */
    long lateness() {
        return dice.magnitude(1, 10_000);
    }

    boolean coinLandsOnHeads() {
        return dice.chance(0.5);
    }

    /** How many steps an invocation takes before it dies; -1 when it does not. */
    int stepsToLive() {
        return death(crashes) ? (int) dice.magnitude(1, 60) : -1;
    }

    /** Milliseconds that an invocation may take. */
    long invocationLength() {
        return death(shortInvocations) ? dice.between(2_500, 20_000) : 900_000;
    }

    /**
     * Milliseconds that an invocation takes to work out a slice, and for all else between two looks at its clock; 0
     * when that takes no time.
     */
    long coldness() {
        return death(colds) ? dice.magnitude(5, 400) : 0;
    }

    /** How many tasks run at once. */
    int maxTasksInFlight() {
        return dice.oneOf(1, 2, 256, 256);
    }

    /** How much fuel is spent between two looks at the clock. */
    long sliceFuel() {
        return dice.oneOf(1L, 1_000_000L);
    }

    /**
     * After how many steps an invocation is frozen until its time is over, and goes on then as if nothing had happened;
     * -1 when it is not.
     */
    int stepsToFreeze() {
        return death(freezes) ? (int) dice.magnitude(1, 60) : -1;
    }

    /**
     * Milliseconds for which it stays frozen beyond its time: less than the margin that deletions have for the like of
     * it.
     */
    long overrun() {
        return dice.magnitude(1, 200_000);
    }

    /** Milliseconds by which a process' clock is ahead. */
    long skew() {
        return dice.between(-skew, skew);
    }

    /** The most by which two clocks differ. */
    long greatestSkew() {
        return 2L * skew;
    }

    /** How often a message arrives. */
    int deliveries() {
        return trouble(wakeUps) ? dice.oneOf(0, 0, 2, 3) : 1;
    }

    /** Milliseconds by which a message is late. */
    long delay() {
        return trouble(wakeUps) ? dice.magnitude(10, 300_000) : dice.between(1, 50);
    }

    /** How many states are entered between two looks at the clock. */
    int sliceTransitions() {
        return dice.oneOf(1, 3, 10_000);
    }

    /** Whether there are schedules for long waits, or the sweeper has to see to them. */
    boolean hasSchedules() {
        return schedules;
    }
}
