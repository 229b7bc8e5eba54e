/** Pictures of definitions: what leads where, as Mermaid, as DOT, and drawn as SVG. */
@NullMarked
package dev.reprise.graph;

import org.jspecify.annotations.NullMarked;
