/** What a definition's expressions may name, checked when it is loaded: over both query languages. */
@NullMarked
package dev.reprise.query.check;

import org.jspecify.annotations.NullMarked;
