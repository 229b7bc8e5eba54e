package dev.reprise.cli;

import dev.reprise.cli.dev.LocalOptions;
import dev.reprise.cli.dev.LocalServer;
import dev.reprise.cli.dev.LogLines;
import dev.reprise.cli.dev.MockFile;
import dev.reprise.cli.dev.Rehearsal;
import dev.reprise.cli.dev.Store;
import dev.reprise.journal.store.StoreUnavailableException;
import dev.reprise.journal.store.TransientStoreException;
import dev.reprise.testing.suite.TestFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Answers as a function does, on this machine, without Maven and without a project. */
@Command(
        name = "dev",
        description = {
            "Answers the Step Functions API on this machine, with the workflows of a folder, and shows the console.",
            "A file that changes is taken as it is then. Executions are kept from one start to the next. Ctrl-C ends"
                    + " it."
        },
        footer = {
            "",
            "Example: reprise dev --workflows workflows --mock workflows/orders.test.json#happy",
            "Exit code 3 when the port is in use, or executions cannot be kept."
        })
final class DevCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;

    /** Where the launcher says that the console's pages are. */
    private static final String CONSOLE = "reprise.dev.console";

    /** Set where the launcher wants the JVM to see all classes that a start needs, and nothing else. */
    private static final String REHEARSAL = "REPRISE_REHEARSAL";

    /** Whether AWS itself is called. */
    enum Aws {
        /** Only services that have an address. */
        LOCAL,
        /** All of AWS. */
        REAL
    }

    @Option(
            names = {"-p", "--port"},
            defaultValue = "8083",
            description = "Where it listens, on this machine only; 8083 by default, 0 for any.")
    int port;

    @Option(
            names = {"-w", "--workflows"},
            paramLabel = "FOLDER",
            defaultValue = "workflows",
            description = "Where the workflows are; 'workflows' by default.")
    Path workflows;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "FOLDER",
            description = "Where executions are kept; .reprise/dynamodb by default.")
    @Nullable
    Path data;

    @Option(names = "--in-memory", description = "Keeps nothing: executions are gone when this ends.")
    boolean inMemory;

    @Option(
            names = {"-m", "--mock"},
            paramLabel = "FILE[#CASE]",
            description = "What tasks give: a NAME.test.json, for the workflow NAME, or a MockConfigFile.json.")
    List<String> mocks = new ArrayList<>();

    @Option(
            names = "--aws",
            defaultValue = "LOCAL",
            description = "local: only services are called that have an address, by AWS_ENDPOINT_URL_SERVICE; real:"
                    + " AWS itself.")
    Aws aws;

    @Option(
            names = "--repository",
            paramLabel = "URL",
            description = "A mirror of Maven Central, from which DynamoDB Local is fetched where it is missing.")
    @Nullable
    URI repository;

    @Mixin
    TaskObjects tasks = new TaskObjects();

    @Mixin
    SubstitutionOptions substitutions = new SubstitutionOptions();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > LAST_PORT) {
            throw new CommandException(ExitCode.USAGE, "A port is 0 to " + LAST_PORT + ", not " + port);
        }
        if (inMemory && data != null) {
            throw new CommandException(ExitCode.USAGE, "--in-memory keeps nothing, so --data says nothing beside it");
        }
        PrintWriter err = spec.commandLine().getErr();
        if (System.getenv(REHEARSAL) != null) {
            return Rehearsal.of(inMemory, downloads(), err::println) ? ExitCode.OK : ExitCode.FAILED;
        }
        LogLines.to(err);
        LocalServer server = start(err);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end"));
        PrintWriter out = spec.commandLine().getOut();
        out.print(server.banner());
        out.println(kept());
        out.println("Ready. Ctrl-C ends it.");
        out.flush();
        // Until the process is told to end.
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private LocalServer start(PrintWriter err) throws IOException {
        try {
            return LocalServer.start(port, options(), downloads(), err::println);
        } catch (BindException e) {
            throw new CommandException(
                    "Port " + port + " is in use. Say another, --port PORT, or 0 for any that is free");
        } catch (TestFileException | IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        } catch (IllegalStateException e) {
            // What dev mode says of its option is said by another here.
            throw new CommandException(String.valueOf(e.getMessage()).replace("-Dreprise.local.data=", "--data ")
                    + ". Without it: --in-memory, which keeps nothing");
        } catch (StoreUnavailableException | TransientStoreException e) {
            throw new CommandException("DynamoDB Local, over the data in " + folder() + ", does not answer: "
                    + e.getMessage() + ". Without it: --in-memory, which keeps nothing");
        }
    }

    private LocalServer.Downloads downloads() {
        return new LocalServer.Downloads(repository, cache());
    }

    private LocalOptions options() {
        String console = System.getProperty(CONSOLE);
        return new LocalOptions(
                workflows,
                inMemory ? new Store.InMemory() : new Store.Kept(folder()),
                Path.of(".reprise", "s3"),
                console == null ? null : Path.of(console),
                aws == Aws.REAL,
                List.of(tasks.make()),
                mocks.stream().map(MockFile::of).toList(),
                substitutions.values);
    }

    private Path folder() {
        return data == null ? Path.of(".reprise", "dynamodb") : data;
    }

    private static Path cache() {
        String told = System.getenv("XDG_CACHE_HOME");
        Path caches =
                told == null || told.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(told);
        return caches.resolve("reprise");
    }

    private String kept() {
        return inMemory
                ? "Executions are kept in memory alone: they are gone when this ends."
                : "Executions are kept in " + folder() + ".";
    }
}
