/** The two query languages, JSONPath and JSONata, behind one interface. */
@NullMarked
package dev.reprise.query;

import org.jspecify.annotations.NullMarked;
