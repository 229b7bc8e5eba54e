/** The JSONata query language: an engine of its own, bounded by counted work alone. */
@NullMarked
package dev.reprise.query.jsonata;

import org.jspecify.annotations.NullMarked;
