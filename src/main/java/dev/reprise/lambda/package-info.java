/** The Lambda handler: decodes an event and calls the runtime. */
@NullMarked
package dev.reprise.lambda;

import org.jspecify.annotations.NullMarked;
