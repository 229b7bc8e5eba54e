/** The journal of an execution: the protocol of its one writer, its inbox, its waiting tasks and its snapshots. */
@NullMarked
package dev.reprise.journal;

import org.jspecify.annotations.NullMarked;
