/** The journal of an execution: its entries in order, grouped into segments, in memory or on DynamoDB. */
@NullMarked
package dev.reprise.journal;

import org.jspecify.annotations.NullMarked;
