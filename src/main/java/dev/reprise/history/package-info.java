/**
 * What an execution has done, in the form of Step Functions' GetExecutionHistory: replayed from its journal whenever
 * somebody asks, and never stored.
 */
@NullMarked
package dev.reprise.history;

import org.jspecify.annotations.NullMarked;
