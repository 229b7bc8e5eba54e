/** What can be done with executions: start, resume, stop, redrive, describe, answer for a task, sweep. */
@NullMarked
package dev.reprise.operations;

import org.jspecify.annotations.NullMarked;
