/**
 * Runs the whole engine in a simulated world: a virtual clock, a table whose requests go wrong, processes that die,
 * wake-ups that get lost, all of it decided by one seed. See {@code docs/simulation.md}.
 */
@NullMarked
package dev.reprise.simulation;

import org.jspecify.annotations.NullMarked;
