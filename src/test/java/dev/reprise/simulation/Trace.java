package dev.reprise.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happened, line by line, for whoever looks into a failing seed. Words are made only when somebody is going to
 * read them.
 */
final class Trace {

    private final @Nullable List<String> lines;
    private final Scheduler scheduler;

    /** @param kept whether anybody is going to read it */
    Trace(Scheduler scheduler, boolean kept) {
        this.scheduler = scheduler;
        this.lines = kept ? new ArrayList<>() : null;
    }

    void note(String who, Supplier<String> what) {
        if (lines != null) {
            lines.add("%12.3f  %-14s %s".formatted(scheduler.now() / 1000.0, who, what.get()));
        }
    }

    List<String> lines() {
        return lines == null ? List.of() : List.copyOf(lines);
    }
}
