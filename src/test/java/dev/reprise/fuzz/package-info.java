/** Generated definitions, inputs and results: whatever they are, the interpreter copes with them. */
@NullMarked
package dev.reprise.fuzz;

import org.jspecify.annotations.NullMarked;
