package dev.reprise.cli;

/** How a command tells what it has to tell. */
enum OutputFormat {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
}
