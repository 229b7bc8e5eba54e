/** As much of Amazon SQS as a queue of delayed wake-ups needs. */
@NullMarked
package dev.reprise.nativetests.sqs;

import org.jspecify.annotations.NullMarked;
