/** The wiring: what the function is made of, and how configuration reaches it. Nothing depends on this package. */
@NullMarked
package dev.reprise.function;

import org.jspecify.annotations.NullMarked;
