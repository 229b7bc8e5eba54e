package dev.reprise.local;

/**
 * Something else that the server has, for its first page.
 *
 * @param path where, such as {@code /console}
 * @param text what it is, in a few words
 */
public record Link(String path, String text) {}
