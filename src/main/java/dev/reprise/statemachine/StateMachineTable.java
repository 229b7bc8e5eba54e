package dev.reprise.statemachine;

import dev.reprise.asl.DefinitionText;
import dev.reprise.journal.Journals;
import dev.reprise.journal.store.Document;
import dev.reprise.journal.store.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state machines that were created, in the table of the journals. Thread-safe; its methods block.
 *
 * <p>What was read is taken for true for a second: an execution that starts right after a change made elsewhere may
 * still run what was before, as on Step Functions.
 */
public final class StateMachineTable {

    private static final String MACHINES = "MACHINES";

    private static final Duration FRESH = Duration.ofSeconds(1);

    /** More are forgotten, and read again. */
    private static final int MOST_KNOWN = 10_000;

    private record Known(@Nullable CreatedStateMachine machine, Instant readAt) {}

    private final Journals journals;
    private final Documents documents;
    private final Versions versions;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    public StateMachineTable(Journals journals, InstantSource clock) {
        this.journals = journals;
        this.documents = new Documents(journals.documents());
        this.versions = new Versions(journals.documents());
        this.clock = clock;
    }

    /** Their versions and aliases. */
    public Versions versions() {
        return versions;
    }

    /** The state machine as it is now; null when there is none. */
    public @Nullable CreatedStateMachine find(String name) {
        Document found = documents.read(MACHINES, name);
        CreatedStateMachine machine = found == null ? null : CreatedStateMachine.of(found);
        remember(name, machine);
        return machine;
    }

    /** The state machine as it was at most a second ago; null when there was none. */
    public @Nullable CreatedStateMachine recent(String name) {
        Known recent = known.get(name);
        return recent != null && recent.readAt().plus(FRESH).isAfter(clock.instant()) ? recent.machine() : find(name);
    }

    private void remember(String name, @Nullable CreatedStateMachine machine) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        known.put(name, new Known(machine, clock.instant()));
    }

    /**
     * Those whose names come after that one, in the order of their names.
     *
     * @param after empty for the beginning
     */
    public List<CreatedStateMachine> list(String after, int limit) {
        Page<Document> page = documents.list(MACHINES, after, false, limit);
        return page.items().stream().map(CreatedStateMachine::of).toList();
    }

    /** Keeps the text of a definition, and gives its hash. */
    public String keep(String definition) {
        DefinitionText text = DefinitionText.of(definition);
        journals.keepDefinition(text.sha256(), text.text());
        return text.sha256();
    }

    /** The text of a definition that was kept. */
    public String definition(String sha256) {
        return journals.definition(sha256);
    }

    /**
     * Makes a state machine.
     *
     * @return the one of that name that is there already; null when it was made
     */
    public @Nullable CreatedStateMachine create(CreatedStateMachine machine) {
        Document found = documents.create(Document.first(MACHINES, machine.name(), machine.toJson()));
        CreatedStateMachine existing = found == null ? null : CreatedStateMachine.of(found);
        remember(machine.name(), existing == null ? machine : existing);
        return existing;
    }

    /**
     * Changes a state machine.
     *
     * @param change is told what it is now, null when there is none; may be called several times, and throw to leave
     *     all as it is
     */
    public CreatedStateMachine change(
            String name, Function<@Nullable CreatedStateMachine, CreatedStateMachine> change) {
        Document changed = documents.change(
                MACHINES,
                name,
                current -> change.apply(current == null ? null : CreatedStateMachine.of(current))
                        .toJson());
        CreatedStateMachine machine = CreatedStateMachine.of(changed);
        remember(name, machine);
        return machine;
    }

    /**
     * Publishes a version of what a state machine is now, unless its last version is just that. Of several who do so at
     * the same time one puts the version; the others find it there.
     *
     * @param check may refuse by throwing
     * @param description null when it has none
     */
    public PublishedVersion publish(
            String name,
            Function<@Nullable CreatedStateMachine, CreatedStateMachine> check,
            @Nullable String description) {
        CreatedStateMachine now = check.apply(find(name));
        if (now.isPublished()) {
            PublishedVersion last = versions.version(name, now.lastVersion());
            if (last != null) {
                return last;
            }
        }
        while (true) {
            PublishedVersion wanted = new PublishedVersion(
                    name, now.lastVersion() + 1, now.current(), description, Instant.ofEpochMilli(clock.millis()));
            PublishedVersion existing = versions.create(wanted);
            PublishedVersion version = existing == null ? wanted : existing;
            CreatedStateMachine marked =
                    change(name, current -> current == null ? check.apply(null) : current.published(version));
            if (Objects.equals(version.revision().id(), wanted.revision().id())) {
                return version;
            }
            // Somebody has published another revision at the same time.
            now = check.apply(marked);
        }
    }

    /** Deletes a state machine with its versions and aliases; nothing happens when there is none. */
    public void delete(String name) {
        versions.deleteAll(name);
        documents.delete(MACHINES, name);
        known.remove(name);
    }
}
