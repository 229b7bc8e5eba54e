/** What a {@code Resource} means: the runners that carry out a task. */
@NullMarked
package dev.reprise.task;

import org.jspecify.annotations.NullMarked;
