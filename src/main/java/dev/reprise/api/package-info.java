/** The Step Functions API: its requests and answers as values, without HTTP, over what can be done with executions. */
@NullMarked
package dev.reprise.api;

import org.jspecify.annotations.NullMarked;
