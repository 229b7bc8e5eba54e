/** A table in memory, for tests and for runs that need not last. */
@NullMarked
package dev.reprise.testing;

import org.jspecify.annotations.NullMarked;
