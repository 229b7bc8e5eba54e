package dev.reprise.examples;

import dev.reprise.task.Task;
import dev.reprise.task.TaskException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** The task of {@code regions}. */
public class CurrencyTasks {

    /** What one unit is worth in euro. */
    private static final Map<String, BigDecimal> EURO =
            Map.of("EUR", BigDecimal.ONE, "USD", new BigDecimal("0.92"), "JPY", new BigDecimal("0.0061"));

    /**
     * An amount of money.
     *
     * @param cents hundredths of the currency's unit
     * @param currency its three letters, such as {@code EUR}
     */
    @RegisterForReflection
    public record Amount(long cents, String currency) {}

    /** Gives the amount in hundredths of a euro. */
    @Task("convert-to-euro")
    long convertToEuro(Amount amount) {
        BigDecimal rate = EURO.get(amount.currency());
        if (rate == null) {
            throw new TaskException("UnknownCurrency", "There is no rate for '" + amount.currency() + "'");
        }
        return rate.multiply(BigDecimal.valueOf(amount.cents()))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
