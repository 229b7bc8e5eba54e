package dev.reprise.journal;

import dev.reprise.core.Entry;
import java.util.Iterator;

/**
 * An execution's whole journal, to look at.
 *
 * @param head as it was when the reading began
 * @param entries from the start on, read as they are asked for. Of an execution that runs, what was durable
 */
public record History(Head head, Iterator<Entry> entries) {}
