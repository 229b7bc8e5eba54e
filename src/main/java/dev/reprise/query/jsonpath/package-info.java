/**
 * The JSONPath query language: paths in the dialect of AWS Step Functions, reference paths, intrinsic functions and
 * choice rules.
 */
@NullMarked
package dev.reprise.query.jsonpath;

import org.jspecify.annotations.NullMarked;
