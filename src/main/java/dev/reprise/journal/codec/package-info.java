/** The bytes of a journal: entries and other values as JSON text, compressed where that is worth it. */
@NullMarked
package dev.reprise.journal.codec;

import org.jspecify.annotations.NullMarked;
