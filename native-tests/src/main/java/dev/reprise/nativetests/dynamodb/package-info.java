/** DynamoDB Local, a table as the template describes it, and what a journal holds, read from outside. */
@NullMarked
package dev.reprise.nativetests.dynamodb;

import org.jspecify.annotations.NullMarked;
