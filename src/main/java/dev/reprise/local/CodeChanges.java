package dev.reprise.local;

import org.jspecify.annotations.Nullable;

/** What dev mode knows of the code that it runs. Safe for use by many threads. */
public interface CodeChanges {

    /**
     * Looks for code that has changed up to now, and has the application made anew if there is some. When this returns,
     * another application may have taken the place of the one that asked.
     */
    void takeIn();

    /**
     * What keeps the code as it is now from running, with file and line where that is known; null when nothing does.
     */
    @Nullable
    String problem();
}
