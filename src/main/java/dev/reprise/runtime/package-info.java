/** The loop of one execution in one invocation: performs effects, appends entries, keeps deadlines, suspends. */
@NullMarked
package dev.reprise.runtime;

import org.jspecify.annotations.NullMarked;
