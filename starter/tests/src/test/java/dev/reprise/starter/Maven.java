package dev.reprise.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Maven, in a process of its own and a folder of one's choice. */
final class Maven {

    private static final Path EXECUTABLE = Path.of(System.getProperty("maven.home"), "bin", "mvn");
    private static final int MINUTES = 10;

    private Maven() {}

    /** Runs goals to their end, which must be a good one. What Maven said goes to a file, and into the error. */
    static void run(Path folder, Path log, String... arguments) throws IOException, InterruptedException {
        Process process = start(folder, log, arguments);
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError(
                        List.of(arguments) + " still runs after " + MINUTES + " minutes:\n" + said(log));
            }
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(List.of(arguments) + " ended with " + process.exitValue() + ":\n" + said(log));
        }
    }

    /** Starts goals. */
    static Process start(Path folder, Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.toString(), "--batch-mode"));
        command.add(Boolean.getBoolean("offline") ? "--offline" : "--no-transfer-progress");
        command.add("-Dmaven.repo.local=" + System.getProperty("repository"));
        String tail = System.getProperty("repository.tail", "");
        if (!tail.isEmpty()) {
            command.add("-Dmaven.repo.local.tail=" + tail);
            // Whatever it is there for: these tests are not about where a thing was fetched from.
            command.add("-Dmaven.repo.local.tail.ignoreAvailability=true");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Of the build that runs these tests, not of the new project's.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_") || name.startsWith("REPRISE_"));
        return builder.start();
    }

    /** Ends a process and those that it has started. */
    static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        children.forEach(child -> child.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> {
            child.destroyForcibly();
            return child;
        }));
    }

    static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return log + ": " + e;
        }
    }
}
