package dev.reprise.task.aws.integration;

import java.util.List;
import java.util.function.Supplier;

/** The names of the fields of a request that no service's model describes; found when they are first asked for. */
record Fields(Supplier<List<String>> source) {

    static Fields of(String... names) {
        List<String> all = List.of(names);
        return new Fields(() -> all);
    }

    List<String> names() {
        return source.get();
    }
}
