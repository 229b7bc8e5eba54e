/** Definitions that people have published: whether they load, and whether everything that they call can be run. */
package dev.reprise.field;
