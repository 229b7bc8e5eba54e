package dev.reprise.cli.dev;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A start and a run in a folder of its own, so that the JVM sees once which classes that needs. */
public final class Rehearsal {

    private static final String WORKFLOW = """
        {"QueryLanguage": "JSONata", "StartAt": "Choose", "States": {
          "Choose": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.count > 0 %}", "Next": "Each"}],
                     "Default": "Done"},
          "Each": {"Type": "Map", "Items": [1], "Next": "Done", "ItemProcessor": {"StartAt": "Pass", "States": {
            "Pass": {"Type": "Pass", "Output": "{% $states.input + 1 %}", "End": true}}}},
          "Done": {"Type": "Succeed"}}}
        """;

    private static final String EVENT = "{\"workflow\": \"rehearsal\", \"input\": {\"count\": 1}}";

    private Rehearsal() {}

    /**
     * Carries it out.
     *
     * @return whether it came to its end; what keeps it from that, the start that follows says
     */
    public static boolean of(boolean inMemory, LocalServer.Downloads downloads, Consumer<String> say)
            throws IOException {
        Path folder = Files.createTempDirectory("reprise");
        try {
            Files.writeString(folder.resolve("rehearsal.asl.json"), WORKFLOW);
            LocalOptions options = new LocalOptions(
                    folder,
                    inMemory ? new Store.InMemory() : new Store.Kept(folder.resolve("data")),
                    folder,
                    null,
                    false,
                    List.of(),
                    List.of(),
                    Map.of());
            try (LocalServer server = LocalServer.start(0, options, downloads, say)) {
                String unused = server.banner();
                return ask(server.port());
            }
        } catch (RuntimeException e) {
            return false;
        } finally {
            delete(folder);
        }
    }

    private static boolean ask(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port).toURL().openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write(EVENT.getBytes(StandardCharsets.UTF_8));
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("SUCCEEDED");
        }
    }

    /** What a process that is about to end still writes there stays. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    // The system empties the folder of temporary files.
                }
            }
        }
    }
}
