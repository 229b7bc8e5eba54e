package dev.reprise.query.jsonata.picture;

import dev.reprise.query.jsonata.base.JsonataException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/**
 * The parts of a time by the letters that pictures have for them. Weeks begin on Monday; the first of a year or a month
 * is that which has its first Thursday.
 */
final class DateParts {

    /** The furthest times that JavaScript has. */
    private static final double LAST = 8.64e15;

    private DateParts() {}

    static LocalDateTime time(double millis) {
        if (!(Math.abs(millis) <= LAST)) {
            throw JsonataException.withoutCode("The time is out of range");
        }
        long whole = (long) millis;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(whole, 1000L), Math.floorMod(whole, 1000) * 1_000_000, ZoneOffset.UTC);
    }

    static int of(LocalDateTime time, char component) {
        LocalDate date = time.toLocalDate();
        return switch (component) {
            case 'Y' -> date.getYear();
            case 'M' -> date.getMonthValue();
            case 'D' -> date.getDayOfMonth();
            case 'd' -> date.getDayOfYear();
            case 'F' -> date.getDayOfWeek().getValue();
            case 'W' -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case 'X' -> date.get(IsoFields.WEEK_BASED_YEAR);
            // The month that a week belongs to is that of its Thursday.
            case 'w' -> (thursday(date).getDayOfMonth() - 1) / 7 + 1;
            case 'x' -> thursday(date).getMonthValue();
            case 'H' -> time.getHour();
            case 'h' -> time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
            case 'P' -> time.getHour() >= 12 ? 1 : 0;
            case 'm' -> time.getMinute();
            case 's' -> time.getSecond();
            case 'f' -> time.getNano() / 1_000_000;
            default -> throw new IllegalArgumentException("No part of a time: " + component);
        };
    }

    private static LocalDate thursday(LocalDate date) {
        return date.plusDays(
                DayOfWeek.THURSDAY.getValue() - (long) date.getDayOfWeek().getValue());
    }

    /** The first day of the first week of a year or month that begins on {@code first}. */
    static LocalDate firstWeek(LocalDate first) {
        LocalDate thursday = first.with(TemporalAdjusters.nextOrSame(DayOfWeek.THURSDAY));
        return thursday.minus(3, ChronoUnit.DAYS);
    }
}
