/** How requests of AWS's services are written and answers read, for each of their protocols; nothing is sent here. */
@NullMarked
package dev.reprise.task.aws.protocol;

import org.jspecify.annotations.NullMarked;
