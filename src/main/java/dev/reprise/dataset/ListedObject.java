package dev.reprise.dataset;

import java.time.Instant;

/**
 * An object as a listing shows it.
 *
 * @param size in bytes
 * @param etag the entity tag as S3 gives it, with its quotes
 * @param storageClass such as {@code STANDARD}
 */
public record ListedObject(String key, long size, String etag, Instant lastModified, String storageClass) {}
