/**
 * The words that everything about an execution is said in: entries, effects and what they carry; names, status and
 * outcome.
 */
@NullMarked
package dev.reprise.execution;

import org.jspecify.annotations.NullMarked;
