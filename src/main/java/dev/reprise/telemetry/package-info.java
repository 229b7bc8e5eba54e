/** What operators see of executions: a line of JSON for what happens, and metrics that need no agent. */
@NullMarked
package dev.reprise.telemetry;

import org.jspecify.annotations.NullMarked;
