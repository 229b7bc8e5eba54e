package dev.reprise.journal.store;

import dev.reprise.journal.codec.Body;

/**
 * A piece of a value that is too large for one item. Pieces are written in order, so the last one says that all are
 * there.
 *
 * @param name what it is a piece of, such as {@code BLOB#<sha-256>}
 * @param index from 0
 * @param count how many pieces there are
 * @param body the piece; the pieces' bytes, joined, are the value
 */
public record Chunk(String name, int index, int count, Body body) {}
