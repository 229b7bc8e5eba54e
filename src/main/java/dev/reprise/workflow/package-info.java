/** The catalogue of workflows: files, how they are loaded, and what is wrong with them. */
@NullMarked
package dev.reprise.workflow;

import org.jspecify.annotations.NullMarked;
