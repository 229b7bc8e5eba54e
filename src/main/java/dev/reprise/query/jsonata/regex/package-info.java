/** Regular expressions, as JavaScript has them, whose every step is counted. */
@NullMarked
package dev.reprise.query.jsonata.regex;

import org.jspecify.annotations.NullMarked;
