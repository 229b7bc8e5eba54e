/** Numbers and times in the forms that pictures describe. */
@NullMarked
package dev.reprise.query.jsonata.picture;

import org.jspecify.annotations.NullMarked;
