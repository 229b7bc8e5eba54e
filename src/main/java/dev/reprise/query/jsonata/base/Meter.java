package dev.reprise.query.jsonata.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.query.Fuel;
import dev.reprise.query.QueryLimits;

/**
 * What an evaluation has taken of what it may take. Everything that bounds it is counted, so it ends in the same way on
 * every machine. Not for use by several threads.
 *
 * <p>A unit of fuel is about the work of one evaluated node. Work that is done for each element or character costs a
 * part of a unit, and at least one as a whole. Whatever takes fuel throws {@link
 * dev.reprise.query.OutOfFuelException} when there is not so much left.
 */
public class Meter {

    /** What an element of an array counts at least, in bytes. */
    private static final int ELEMENT = 8;

    /** Characters that are looked at or copied for one unit. */
    private static final int CHARACTERS = 16;

    /** What the digits of a number cost that is no small whole number. */
    private static final int DIGITS = 40;

    /** How deep values may be nested that the engine walks through: as deep as JSON that is read. */
    private static final int DEEPEST_VALUE = 1_000;

    private final QueryLimits limits;
    private final Fuel fuel;
    private int depth;

    /** @param fuel what is taken is taken from it, and no more than {@code limits} allow */
    public Meter(QueryLimits limits, Fuel fuel) {
        this.limits = limits;
        this.fuel = fuel;
        fuel.allow(limits.fuel());
    }

    /** Takes fuel for work that is about to be done. */
    public final void burn(long units) {
        fuel.burn(units);
    }

    /** Takes fuel for looking at a text, or copying it. */
    public final void burnText(long characters) {
        fuel.burn(1 + characters / CHARACTERS);
    }

    /** Takes fuel for looking at so many names. */
    public final void burnNames(int names) {
        fuel.burn(names / CHARACTERS);
    }

    /** Takes fuel for writing a number as text, or reading one: whole numbers of 32 bits are quick. */
    public final void burnDigits(JsonNode number) {
        fuel.burn(number.isInt() ? 1 : DIGITS);
    }

    /**
     * Takes fuel for elements that are about to be made.
     *
     * @throws JsonataException when an array of them is too large
     */
    public final void make(long elements) {
        if (elements * ELEMENT > limits.resultBytes()) {
            throw JsonataException.tooLarge();
        }
        fuel.burn(1 + elements);
    }

    /**
     * Takes fuel for a text that is about to be made.
     *
     * @throws JsonataException when it is too long
     */
    public final void makeText(double characters) {
        checkText(characters);
        burnText((long) characters);
    }

    /**
     * Refuses a text that is, or is about to become, too long.
     *
     * @throws JsonataException when it is
     */
    public final void checkText(double characters) {
        if (characters > limits.resultBytes()) {
            throw JsonataException.tooLarge();
        }
    }

    /**
     * An element is added to what now has {@code size} of them.
     *
     * @throws JsonataException when that is too large
     */
    public final void added(int size) {
        make(size > limits.resultBytes() / ELEMENT ? size : 1);
    }

    /**
     * Evaluation goes one level deeper.
     *
     * @throws JsonataException when it is too deep
     */
    public final void enter() {
        if (++depth > limits.depth()) {
            throw JsonataException.deep(depth, limits.depth());
        }
        fuel.burn(1);
    }

    /** Evaluation leaves the level that it {@link #enter entered} last. */
    public final void leave() {
        depth--;
    }

    /** How large a value may be as JSON. */
    public final int resultBytes() {
        return limits.resultBytes();
    }

    /**
     * Refuses to go deeper into a value.
     *
     * @param depth levels, from 0
     * @throws JsonataException when there are more than JSON may have that is read
     */
    public static void checkDepth(int depth) {
        if (depth > DEEPEST_VALUE) {
            throw JsonataException.deep(depth, DEEPEST_VALUE);
        }
    }
}
