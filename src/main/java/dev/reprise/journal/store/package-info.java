/** Where journals are kept: the port, by what it stores, and the values that pass it. */
@NullMarked
package dev.reprise.journal.store;

import org.jspecify.annotations.NullMarked;
