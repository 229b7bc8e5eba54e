/** What all parts of the engine share: its errors, what an evaluation may take, values as text. */
@NullMarked
package dev.reprise.query.jsonata.base;

import org.jspecify.annotations.NullMarked;
