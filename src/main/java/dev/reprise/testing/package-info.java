/**
 * Tests of whole workflows: the engine over a table in memory, tasks that the test answers, a time that the test moves.
 * Nothing of it is in a deployed function.
 */
@NullMarked
package dev.reprise.testing;

import org.jspecify.annotations.NullMarked;
