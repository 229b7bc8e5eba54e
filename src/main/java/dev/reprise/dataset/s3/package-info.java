/** Objects in Amazon S3. */
@NullMarked
package dev.reprise.dataset.s3;

import org.jspecify.annotations.NullMarked;
