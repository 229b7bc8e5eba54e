/** The adapter to Lambda: events in, answers out. */
@NullMarked
package dev.reprise.lambda;

import org.jspecify.annotations.NullMarked;
