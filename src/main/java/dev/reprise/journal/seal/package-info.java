/** What a journal holds of an execution's data, encrypted before it is stored: a store in front of another. */
@NullMarked
package dev.reprise.journal.seal;

import org.jspecify.annotations.NullMarked;
