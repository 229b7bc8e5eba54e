/** The shell around the interpreter: performs effects, appends entries, keeps deadlines, suspends and resumes. */
@NullMarked
package dev.reprise.runtime;

import org.jspecify.annotations.NullMarked;
