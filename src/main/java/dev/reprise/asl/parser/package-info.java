/**
 * From a definition's text to records, with every problem of a file reported at once. What each field of the language
 * is stands in tables ({@link dev.reprise.asl.parser.StateTables} and its like); what a value must be is a
 * {@link dev.reprise.asl.parser.FieldType}.
 */
@NullMarked
package dev.reprise.asl.parser;

import org.jspecify.annotations.NullMarked;
