/** What starts the next invocation of an execution that sleeps. */
@NullMarked
package dev.reprise.wakeup;

import org.jspecify.annotations.NullMarked;
