/**
 * HTTP on the loopback interface, by the JDK's own server: what listens, what is refused, and who answers what. Knows
 * nothing of executions, and of no container.
 */
@NullMarked
package dev.reprise.local.server;

import org.jspecify.annotations.NullMarked;
