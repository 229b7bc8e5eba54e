package dev.reprise.workflow;

import dev.reprise.core.Program;
import dev.reprise.execution.RequestException;
import java.util.function.Supplier;

/** The workflows of this function. Thread-safe. */
public interface Workflows {

    /**
     * The workflow as it is now.
     *
     * @throws RequestException when there is none of that name, or its definition is not valid; with everything that is
     *     wrong with it
     */
    Workflow named(String name);

    /**
     * A definition as it was when an execution began, which may be older than the file.
     *
     * @param sha256 identifies it
     * @param text its text, asked for when it is not known here
     * @throws IllegalStateException when the text is no definition that this release can run
     */
    Program compiled(String sha256, Supplier<String> text);
}
