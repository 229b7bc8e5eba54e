package dev.reprise.examples;

import dev.reprise.task.Task;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;

/** The task of {@code divide}. */
public class ArithmeticTasks {

    /** A division to do. */
    @RegisterForReflection
    public record Division(long dividend, long divisor) {}

    /**
     * How it comes out.
     *
     * @param quotient rounded towards zero
     */
    @RegisterForReflection
    public record Quotient(long divisor, long quotient, long remainder) {}

    /**
     * Fails with {@code java.lang.ArithmeticException} for a divisor of zero: an exception's class is the error that a
     * state machine sees.
     */
    @Task("divide")
    @NonBlocking
    Quotient divide(Division division) {
        return new Quotient(
                division.divisor(), division.dividend() / division.divisor(), division.dividend() % division.divisor());
    }
}
