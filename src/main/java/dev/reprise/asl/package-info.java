/** The state machine's definition: records, a parser, and a validator that reports every problem of a file at once. */
@NullMarked
package dev.reprise.asl;

import org.jspecify.annotations.NullMarked;
