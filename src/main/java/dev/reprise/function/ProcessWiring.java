package dev.reprise.function;

import dev.reprise.process.UncaughtErrors;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Protects the process when it starts. Dev mode and tests are others' processes. */
@Singleton
final class ProcessWiring {

    void start(@Observes StartupEvent event) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            UncaughtErrors.see();
        }
    }
}
