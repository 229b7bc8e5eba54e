package dev.reprise.testing.suite;

import java.util.List;

/** A file of tests that cannot be run. */
public final class TestFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems everything that is wrong, a line each, with file and place */
    public TestFileException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, a line each, with file and place. */
    public List<String> problems() {
        return problems;
    }
}
