/**
 * Tests of workflows that are written as data: files beside the workflows, what they cover, and what became of them.
 */
@NullMarked
package dev.reprise.testing.suite;

import org.jspecify.annotations.NullMarked;
