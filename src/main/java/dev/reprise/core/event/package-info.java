/** The events that the interpreter tells of while it works: what a history is made of. */
@NullMarked
package dev.reprise.core.event;

import org.jspecify.annotations.NullMarked;
