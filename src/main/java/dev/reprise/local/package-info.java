/** What makes one machine enough to develop and test on: DynamoDB Local as a child process. */
@NullMarked
package dev.reprise.local;

import org.jspecify.annotations.NullMarked;
