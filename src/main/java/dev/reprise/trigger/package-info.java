/** Which events of AWS start which workflows, as {@code workflows/triggers.json} says. */
@NullMarked
package dev.reprise.trigger;

import org.jspecify.annotations.NullMarked;
