package dev.reprise.statemachine;

import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Page;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The versions and aliases of created state machines. Thread-safe; its methods block. */
public final class Versions {

    /** Begins the key of a version. */
    static final String VERSION = "VERSION#";

    /** Begins the key of an alias. */
    static final String ALIAS = "ALIAS#";

    private final Documents documents;

    public Versions(DocumentStore store) {
        this.documents = new Documents(store);
    }

    private static String partition(String machine) {
        return "MACHINE#" + machine;
    }

    private static String versionKey(long number) {
        return VERSION + JournalTable.twelveDigits(number);
    }

    /** Null when there is no such version. */
    public @Nullable PublishedVersion version(String machine, long number) {
        Document found = documents.read(partition(machine), versionKey(number));
        return found == null ? null : PublishedVersion.of(machine, found);
    }

    /**
     * Versions, the newest first.
     *
     * @param before a number to go on below; null for the newest
     * @return its {@code next} is the number to go on below
     */
    public Page<PublishedVersion> versions(String machine, @Nullable Long before, int limit) {
        Page<Document> page =
                documents.list(partition(machine), before == null ? VERSION + '~' : versionKey(before), true, limit);
        List<PublishedVersion> found = page.items().stream()
                .filter(document -> document.key().startsWith(VERSION))
                .map(document -> PublishedVersion.of(machine, document))
                .toList();
        boolean more = page.next() != null && found.size() == page.items().size() && !found.isEmpty();
        return new Page<>(found, more ? Long.toString(found.getLast().number()) : null);
    }

    /** How many versions of it there are. */
    public int count(String machine) {
        return documents.all(partition(machine), VERSION).size();
    }

    /**
     * Makes a version.
     *
     * @return the one that has its number already; null when it was made
     */
    @Nullable
    PublishedVersion create(PublishedVersion version) {
        Document found = documents.create(
                Document.first(partition(version.machine()), versionKey(version.number()), version.toJson()));
        return found == null ? null : PublishedVersion.of(version.machine(), found);
    }

    /** Nothing happens when there is none. */
    public void deleteVersion(String machine, long number) {
        documents.delete(partition(machine), versionKey(number));
    }

    /** Null when there is no such alias. */
    public @Nullable Alias alias(String machine, String name) {
        Document found = documents.read(partition(machine), ALIAS + name);
        return found == null ? null : Alias.of(machine, found);
    }

    /** All aliases of a state machine, the newest first. */
    public List<Alias> aliases(String machine) {
        return documents.all(partition(machine), ALIAS).stream()
                .map(document -> Alias.of(machine, document))
                .sorted(Comparator.comparing(Alias::createdAt).reversed().thenComparing(Alias::name))
                .toList();
    }

    /**
     * Makes an alias.
     *
     * @return the one of that name that is there already; null when it was made
     */
    public @Nullable Alias create(Alias alias) {
        Document found =
                documents.create(Document.first(partition(alias.machine()), ALIAS + alias.name(), alias.toJson()));
        return found == null ? null : Alias.of(alias.machine(), found);
    }

    /**
     * Changes an alias.
     *
     * @return null when there is no such alias
     */
    public @Nullable Alias update(String machine, String name, UnaryOperator<Alias> change) {
        Document changed = documents.changeExisting(
                partition(machine),
                ALIAS + name,
                current -> change.apply(Alias.of(machine, current)).toJson());
        return changed == null ? null : Alias.of(machine, changed);
    }

    /** Nothing happens when there is none. */
    public void deleteAlias(String machine, String name) {
        documents.delete(partition(machine), ALIAS + name);
    }

    /** Deletes all of a state machine. */
    void deleteAll(String machine) {
        documents
                .all(partition(machine), ALIAS)
                .forEach(document -> documents.delete(partition(machine), document.key()));
        documents
                .all(partition(machine), VERSION)
                .forEach(document -> documents.delete(partition(machine), document.key()));
    }
}
