/** Traces of executions: what took how long, as OpenTelemetry's protocol has it. */
@NullMarked
package dev.reprise.telemetry.trace;

import org.jspecify.annotations.NullMarked;
