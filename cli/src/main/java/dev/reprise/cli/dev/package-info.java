/**
 * The function on this machine without Maven: the same parts as dev mode wires, by constructors, with the workflows of
 * a folder, a store, and no project's code.
 */
@NullMarked
package dev.reprise.cli.dev;

import org.jspecify.annotations.NullMarked;
