package dev.reprise.workflow;

import dev.reprise.core.Program;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compiled definitions by the hashes of their texts, those that were asked for last. Thread-safe. */
final class CompiledPrograms {

    /**
     * Characters of the definitions that are kept, but for one that is longer by itself. A program takes some times as
     * much.
     */
    static final int MOST_TEXT = 8_000_000;

    /** The one asked for longest ago comes first. Guarded by this. */
    private final Map<String, Program> byHash = new LinkedHashMap<>(16, 0.75f, true);

    /** Guarded by this. */
    private long text;

    /** The program of that definition. Two who ask at the same time may both compile it; they get the same one. */
    Program get(String sha256, Supplier<Program> compiling) {
        Program known = find(sha256);
        return known != null ? known : keep(sha256, compiling.get());
    }

    private synchronized @Nullable Program find(String sha256) {
        return byHash.get(sha256);
    }

    private synchronized Program keep(String sha256, Program compiled) {
        Program earlier = byHash.putIfAbsent(sha256, compiled);
        if (earlier != null) {
            return earlier;
        }
        text += length(compiled);
        Iterator<Program> oldest = byHash.values().iterator();
        while (text > MOST_TEXT && byHash.size() > 1) {
            text -= length(oldest.next());
            oldest.remove();
        }
        return compiled;
    }

    private static int length(Program program) {
        return program.machine().source().text().length();
    }
}
