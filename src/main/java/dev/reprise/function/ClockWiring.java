package dev.reprise.function;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The clock that all parts of this function read. */
@Singleton
final class ClockWiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.systemUTC();
    }
}
