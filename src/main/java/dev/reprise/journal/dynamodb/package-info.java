/** The store's only form on AWS: items of one DynamoDB table. */
@NullMarked
package dev.reprise.journal.dynamodb;

import org.jspecify.annotations.NullMarked;
