/** The deterministic interpreter: an entry goes in, effects come out. No clock, no I/O, no threads. */
@NullMarked
package dev.reprise.core;

import org.jspecify.annotations.NullMarked;
