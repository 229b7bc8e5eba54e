package dev.reprise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command as a shell runs it. */
record Shell(int exitCode, String out, String err) {

    static Shell run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Reprise.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Shell(exitCode, out.toString(), err.toString());
    }

    /** In a process of its own, with this in its environment. */
    static Shell runWith(Map<String, String> environment, String... arguments) throws Exception {
        return runWith(environment, List.of(), arguments);
    }

    /** The same with options of the JVM. */
    static Shell runWith(Map<String, String> environment, List<String> jvm, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Reprise.class.getName()));
        command.addAll(List.of(arguments));
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Shell(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
