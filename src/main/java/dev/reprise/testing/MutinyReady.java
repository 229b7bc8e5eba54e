package dev.reprise.testing;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Function;

/**
 * Mutiny looks for its context propagation when it is given the first callback of a process, and where no container has
 * set it, two threads that make it look at the same moment fail: "ContextManagerProvider already set". Tests run on
 * many threads; so one of them has it look, and the others wait until this class is there.
 */
final class MutinyReady {

    static {
        var unused = Infrastructure.decorate(Function.identity());
    }

    private MutinyReady() {}

    /** Returns once any number of threads may use Mutiny. */
    static void ensure() {
        // The class is initialised: that is all.
    }
}
