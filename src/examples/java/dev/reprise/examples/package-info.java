/** The tasks of the example workflows in {@code workflows/examples/}: how tasks of one's own may look. */
@NullMarked
package dev.reprise.examples;

import org.jspecify.annotations.NullMarked;
