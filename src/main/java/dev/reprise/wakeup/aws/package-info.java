/** Wake-ups by services of AWS: the function invokes itself, a message comes later, a schedule much later. */
@NullMarked
package dev.reprise.wakeup.aws;

import org.jspecify.annotations.NullMarked;
