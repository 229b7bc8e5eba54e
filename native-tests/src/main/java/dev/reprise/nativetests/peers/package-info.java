/** What stands between a function and the services it calls: it hears every call, and may kill the caller at one. */
@NullMarked
package dev.reprise.nativetests.peers;

import org.jspecify.annotations.NullMarked;
