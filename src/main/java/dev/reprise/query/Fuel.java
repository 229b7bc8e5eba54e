package dev.reprise.query;

/**
 * Counts the work that an execution's expressions take: steps of evaluation, characters and elements that are made,
 * steps of regular expressions and of paths. It is what bounds an expression, in
 * place of a clock: the same expression over the same values takes the same fuel on every machine, in every invocation,
 * warm or cold.
 *
 * <p>A unit is about the work of looking at one value. Not for use by several threads: whoever owns the execution owns
 * this.
 */
public final class Fuel {

    private long spent;
    private long bound = Long.MAX_VALUE;

    /**
     * An evaluation begins, which may take so much.
     *
     * @param units at least 1
     */
    public void allow(long units) {
        if (units < 1) {
            throw new IllegalArgumentException("An evaluation needs at least 1 unit of fuel, was given " + units);
        }
        bound = spent + units;
    }

    /**
     * Takes {@code units}, before the work that they stand for is done.
     *
     * @throws OutOfFuelException when the evaluation may not take so much
     */
    public void burn(long units) {
        spent += units;
        if (spent > bound) {
            throw new OutOfFuelException();
        }
    }

    /** Counts work that belongs to no evaluation, such as putting results together, and so is under no bound of one. */
    public void count(long units) {
        spent += units;
        if (bound != Long.MAX_VALUE) {
            bound += units;
        }
    }

    /** What all evaluations together have taken, and all that was counted beside them. */
    public long spent() {
        return spent;
    }
}
