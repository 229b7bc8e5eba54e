/** Tasks that AWS's services do. */
@NullMarked
package dev.reprise.task.aws;

import org.jspecify.annotations.NullMarked;
