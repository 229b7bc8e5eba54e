/** Tests of workflows with JUnit 5. */
@NullMarked
package dev.reprise.testing.junit;

import org.jspecify.annotations.NullMarked;
