package dev.reprise.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The child process: DynamoDB Local on a free port of the loopback interface.
 *
 * <p>It is no part of the product. The build compiles it against DynamoDB Local alone, and {@code DynamoDbLocal} starts
 * it with that class path. It differs from DynamoDB Local's own {@code main} in three ways: only this machine can reach
 * it, it chooses its port (and prints it as its only line on standard output), and it ends when its standard input
 * does, which is when its parent closes it or dies of whatever cause.
 *
 * <p>Arguments: the folder of the data, or none to keep it in memory; then the port, or none for any that is free.
 */
public final class DynamoDbLocalServer {

    private static final int TENTHS_OF_A_SECOND_TO_WAIT_FOR_PREDECESSOR = 50;

    private static final int IN_USE = 4;

    /** Kept from the garbage collector, which would give it up. */
    @SuppressWarnings("unused")
    private static FileLock folder;

    private DynamoDbLocalServer() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream toParent = System.out;
        System.setOut(System.err);
        leaveTheEndToTheParent();
        // Log4j itself takes a third of the time to start; errors are told without it too.
        System.setProperty("log4j2.loggerContextFactory", "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");

        boolean inMemory = arguments.length == 0;
        if (!inMemory) {
            takeFolder(Path.of(arguments[0]));
        }
        var database = new LocalDynamoDBRequestHandler(
                0, inMemory, inMemory ? null : arguments[0], /* sharedDb */ true, false);
        Server server = new Server();
        ServerConnector loopback = new ServerConnector(server);
        loopback.setHost("127.0.0.1");
        loopback.setPort(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0);
        server.addConnector(loopback);
        server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(database, null), "/"));
        server.start();

        toParent.println(loopback.getLocalPort());
        toParent.close();

        while (System.in.read() >= 0) {
            // Nothing is ever sent: this waits for the end of the stream.
        }
        server.stop();
        database.shutdown();
        System.exit(0);
    }

    /** Ctrl-C reaches every process of the terminal; this one is still needed while its parent writes its last. */
    private static void leaveTheEndToTheParent() {
        for (String name : new String[] {"INT", "HUP"}) {
            try {
                Signal.handle(new Signal(name), SignalHandler.SIG_IGN);
            } catch (IllegalArgumentException notOnThisSystem) {
                // Windows has no HUP.
            }
        }
    }

    /** Holds the folder's lock until this process ends: two engines on one file would corrupt each other's view. */
    private static void takeFolder(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        for (int tenth = 0; tenth < TENTHS_OF_A_SECOND_TO_WAIT_FOR_PREDECESSOR; tenth++) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                DynamoDbLocalServer.folder = lock;
                sayWhoHasIt(channel);
                return;
            }
            Thread.sleep(100);
        }
        System.err.println(folder.toAbsolutePath() + " is in use by process "
                + Files.readString(folder.resolve("lock")).strip()
                + ", another dev mode on the same folder. End that one, or give this one a folder of its own:"
                + " -Dreprise.local.data=.reprise/another");
        System.exit(IN_USE);
    }

    private static void sayWhoHasIt(FileChannel channel) throws IOException {
        long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((parent + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(false);
    }
}
