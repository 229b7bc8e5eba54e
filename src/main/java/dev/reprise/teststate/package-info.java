/** Step Functions' {@code TestState}: one state, tried alone. */
@NullMarked
package dev.reprise.teststate;

import org.jspecify.annotations.NullMarked;
