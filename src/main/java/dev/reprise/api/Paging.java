package dev.reprise.api;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted.
 *
 * @param maxResults 1 to 1,000
 * @param nextToken of the page before; null for the first
 */
public record Paging(int maxResults, @Nullable String nextToken) {

    /** What AWS gives when nothing, or 0, is said. */
    public static final int DEFAULT_MAX_RESULTS = 100;

    /** @param maxResults null or 0 for the default */
    static Paging of(@Nullable Integer maxResults, @Nullable String nextToken) {
        return new Paging(maxResults == null || maxResults == 0 ? DEFAULT_MAX_RESULTS : maxResults, nextToken);
    }
}
