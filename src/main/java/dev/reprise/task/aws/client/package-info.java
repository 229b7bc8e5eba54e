/** The one client for all of AWS's services: addresses, signatures, connections, and what is tried again. */
@NullMarked
package dev.reprise.task.aws.client;

import org.jspecify.annotations.NullMarked;
