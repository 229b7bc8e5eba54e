package dev.reprise.local;

import java.io.IOException;
import java.nio.file.Path;

/** A process that starts DynamoDB Local, says the child's process id, and waits to be killed. */
final class ParentOfDynamoDbLocal {

    private ParentOfDynamoDbLocal() {}

    public static void main(String[] arguments) throws IOException {
        DynamoDbLocal child = DynamoDbLocal.in(Path.of(arguments[0]));
        System.out.println(child.pid());
        while (System.in.read() >= 0) {
            // Its parent, the test, sends nothing.
        }
    }
}
