/**
 * The wiring: what the function is made of, and how configuration reaches it. The only package that knows of Quarkus
 * and of CDI; nothing depends on it.
 */
@NullMarked
package dev.reprise.function;

import org.jspecify.annotations.NullMarked;
