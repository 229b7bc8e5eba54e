/** The keys that seal a journal, under a key of AWS's Key Management Service. */
@NullMarked
package dev.reprise.journal.kms;

import org.jspecify.annotations.NullMarked;
