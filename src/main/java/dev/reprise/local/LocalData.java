package dev.reprise.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder in which dev mode keeps its executions: what may be wrong with it, and what to do then. */
public final class LocalData {

    /** With less left on the disk, nothing is written reliably any more. */
    private static final long LEAST_BYTES = 5_000_000;

    private static final int MOST_LINES = 5;

    private LocalData() {}

    /** What keeps the folder from holding data; null when nothing does that can be seen. */
    public static @Nullable String trouble(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(there)) {
            return there
                    + " was deleted, and with it what dev mode knew of executions. End dev mode, and start it again";
        }
        if (!Files.isWritable(there)) {
            return there + " cannot be written. Give yourself the right to, or choose another folder:"
                    + " -Dreprise.local.data=FOLDER";
        }
        try {
            long left = Files.getFileStore(there).getUsableSpace();
            return left < LEAST_BYTES
                    ? "The disk that holds " + there + " is full. Make room, or choose a folder on another disk:"
                            + " -Dreprise.local.data=FOLDER"
                    : null;
        } catch (IOException e) {
            return there + " cannot be looked at: " + e;
        }
    }

    /** What a process that has ended said last, without traces. */
    static String lastWords(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("WARNING: "))
                .toList();
        return lines.isEmpty()
                ? "it says nothing in " + log.toAbsolutePath()
                : String.join(" / ", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }
}
