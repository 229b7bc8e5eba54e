/** When this process must end, and that it does: memory is exhausted, or nobody asks for events any more. */
@NullMarked
package dev.reprise.process;

import org.jspecify.annotations.NullMarked;
