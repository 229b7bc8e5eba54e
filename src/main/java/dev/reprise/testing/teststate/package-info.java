/** Step Functions' {@code TestState}: one state, tried alone. */
@NullMarked
package dev.reprise.testing.teststate;

import org.jspecify.annotations.NullMarked;
