/**
 * What an execution has done, in the form of Step Functions' GetExecutionHistory: replayed from its journal when
 * somebody asks, held in memory for whoever reads on, and never stored.
 */
@NullMarked
package dev.reprise.history;

import org.jspecify.annotations.NullMarked;
