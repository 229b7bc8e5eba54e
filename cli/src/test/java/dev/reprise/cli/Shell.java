package dev.reprise.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command as a shell runs it. */
record Shell(int exitCode, String out, String err) {

    static Shell run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Reprise.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Shell(exitCode, out.toString(), err.toString());
    }
}
