package dev.reprise.nativetests.scenario;

import dev.reprise.nativetests.lambda.RecordedFunction;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The workflow {@code square-elsewhere}: what its function does, and what comes out. */
final class Squares {

    static final String WORKFLOW = "square-elsewhere";

    /** How many items the workflow has in flight at most. */
    static final int MAX_CONCURRENCY = 40;

    private Squares() {}

    /** The function that the workflow's items call. */
    static RecordedFunction function(Duration takes) {
        return new RecordedFunction(takes, event -> {
            long number = Long.parseLong(event);
            return Long.toString(number * number);
        });
    }

    /** The event that squares the numbers from 1. */
    static String start(String name, int count) {
        return Reprise.start(WORKFLOW, name, "{\"count\": " + count + "}");
    }

    /** The output: every square once, in order. */
    static String output(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Long.toString((long) number * number))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The numbers that were squared, in the order of the calls. */
    static List<Integer> numbers(List<String> calls) {
        return calls.stream().map(Integer::valueOf).toList();
    }
}
