/**
 * The console: its files as they were built, and the small API of its own that has what the Step Functions API lacks.
 * No native function has anything of it.
 */
@NullMarked
package dev.reprise.console;

import org.jspecify.annotations.NullMarked;
