package dev.reprise.journal;

import dev.reprise.execution.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact that another invocation put into an execution's inbox.
 *
 * @param key names it until {@link Journal#taken} deletes it
 * @param entry what happened
 */
public record InboxFact(String key, Entry entry) {

    /** The first stop among them; null when there is none. */
    public static Entry.@Nullable Stopped stopAmong(List<InboxFact> facts) {
        for (InboxFact fact : facts) {
            if (fact.entry() instanceof Entry.Stopped stopped) {
                return stopped;
            }
        }
        return null;
    }
}
