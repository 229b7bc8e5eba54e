/**
 * The data sets of distributed Maps: what is read from objects in S3, or files in a folder, and written back to them.
 */
@NullMarked
package dev.reprise.dataset;

import org.jspecify.annotations.NullMarked;
