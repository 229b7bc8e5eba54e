/** The services that Step Functions integrates by itself, a file for each: their requests, results, errors and jobs. */
@NullMarked
package dev.reprise.task.aws.integration;

import org.jspecify.annotations.NullMarked;
