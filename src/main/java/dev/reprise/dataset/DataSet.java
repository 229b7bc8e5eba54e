package dev.reprise.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * A data set that was read.
 *
 * @param version tells it from what the same request would read after a change
 * @param items in order
 */
public record DataSet(String version, ArrayNode items) {}
