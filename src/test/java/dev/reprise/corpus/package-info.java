/**
 * Runs the conformance corpus: what AWS Step Functions itself answered, case by case. The corpus is read in place and
 * is no part of the project.
 */
@NullMarked
package dev.reprise.corpus;

import org.jspecify.annotations.NullMarked;
