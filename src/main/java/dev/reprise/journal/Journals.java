package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.DocumentStore;
import dev.reprise.journal.store.DueExecution;
import dev.reprise.journal.store.Ending;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.JournalException;
import dev.reprise.journal.store.JournalTable;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Page;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.RetryingStore;
import dev.reprise.journal.store.UnitMeter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All executions of one store: starts them, opens them, and looks at them. Safe for use by many threads. Its methods
 * block, and throw {@link JournalException}s.
 */
public final class Journals {

    private final ExecutionStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    private final Definitions definitions;
    private final ExecutionStarts starts;
    private final Takeovers takeovers;

    /**
     * @param store usually a {@link RetryingStore}
     * @param clock tells whose lease is over
     * @param random draws the names of writers, which must never repeat: a {@link java.security.SecureRandom}, but in a
     *     simulation
     */
    public Journals(ExecutionStore store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.definitions = new Definitions(store);
        this.starts = new ExecutionStarts(store, definitions, clock, random);
        this.takeovers = new Takeovers(store, clock, random);
    }

    /**
     * Starts an execution. What its head names is written before it: a start that dies leaves nothing to be found, or
     * an execution that can be run.
     *
     * @throws IllegalArgumentException when the name is none, or the input cannot be stored
     */
    public StartOutcome start(NewExecution execution) {
        return starts.start(execution);
    }

    /**
     * Starts an execution that nobody runs yet: it is due at once, and whoever is woken up for it opens it.
     *
     * @param execution without a lease
     * @return whether this very start made the execution, its {@link Beginning#caller} tells
     * @throws IllegalArgumentException when the name is none, or the input cannot be stored
     */
    public StartOutcome.OfSubmission submit(NewExecution execution) {
        return starts.submit(execution);
    }

    /**
     * A definition's text.
     *
     * @param hash as in {@link Beginning#definition}
     * @throws CorruptJournalException when it is not there
     */
    public String definition(String hash) {
        return definitions.read(hash);
    }

    /**
     * Keeps a definition of which no execution has begun yet.
     *
     * @param sha256 of its text, in hexadecimal
     */
    public void keepDefinition(String sha256, String text) {
        definitions.store(sha256, text, new Blobs(store, new UnitMeter()));
    }

    /** What is kept beside the executions. */
    public DocumentStore documents() {
        return store.documents();
    }

    /** Takes an execution over, if nobody else runs it, however many resumes have got nowhere. */
    public OpenOutcome open(ExecutionId id, Lease lease) {
        return open(id, lease, Long.MAX_VALUE);
    }

    /**
     * Takes an execution over, if nobody else runs it.
     *
     * @param maxFruitless so many resumes in a row that add nothing are {@link OpenOutcome.Fruitless}: at least 1.
     *     Whatever kills an invocation may be in the snapshot or in the entries, so these are not touched then
     */
    public OpenOutcome open(ExecutionId id, Lease lease, long maxFruitless) {
        return takeovers.open(id, lease, maxFruitless);
    }

    /**
     * Has an execution go on that is closed. Of several that try one gets {@link OpenOutcome.Redriven}; the others
     * learn what has become of it. Who dies in the middle leaves it closed, or RUNNING: whoever opens it then sees by
     * {@link Head#redrive} that its last entries are an end, which is to be redriven.
     *
     * @param closed its head
     * @param at millisecond precision
     */
    public OpenOutcome.OfRedrive redrive(Head closed, Lease lease, Instant at) {
        return takeovers.redrive(closed, lease, at);
    }

    /**
     * Takes an execution over, if nobody else runs it, only to end it, in whatever state its journal is: one that
     * cannot be read can still be stopped.
     *
     * @return false when there is nothing to end, or somebody else runs it
     */
    public boolean stopUnread(ExecutionId id, Lease lease, Entry.Stopped stop) {
        return takeovers.stopUnread(id, lease, stop);
    }

    /**
     * Sees to it that nobody looks after an execution for a while which could not be read: longer each time in a row,
     * up to a day. Its lease ends when it would have, so whoever has mended the cause may resume it, or stop it,
     * before.
     *
     * @param before its head before the lease was taken
     * @param lease as it was taken
     * @return when somebody looks after it again
     */
    public Instant backOff(Head before, Lease lease) {
        Head head = before.leased(before.writer(), lease);
        Instant until = lease.until().plus(head.backOffAfter(before));
        store.postpone(head, until, new UnitMeter());
        return until;
    }

    /**
     * Sees to it that nobody tries for a while to tell of an execution's end, which could not be told: for as long as
     * it was tried in vain, from a quarter of an hour to a day. When its retention is over by then, it is given up:
     * nobody is told.
     *
     * @return when it is tried again; null when it is not
     */
    public @Nullable Instant backOffSettling(Head unsettled) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        Instant until = now.plus(unsettled.backOffSettling(now));
        if (!until.isBefore(Objects.requireNonNull(unsettled.retainedUntil()))) {
            settle(unsettled);
            return null;
        }
        store.postpone(unsettled, until, new UnitMeter());
        return until;
    }

    /** Everybody was told of an execution's end: nobody looks after it any more. */
    public void settle(Head unsettled) {
        store.settle(unsettled, new UnitMeter());
    }

    /** An execution's head; null when there is none, or its retention is over. */
    public @Nullable Head head(ExecutionId id) {
        Head head = store.readHead(id, new UnitMeter());
        return head == null || head.expired(clock.instant()) ? null : head;
    }

    /** An execution's input. */
    public JsonNode input(Head head) {
        return payload(head.id(), head.beginning().input());
    }

    /**
     * How an execution ended; null while it runs, and when the outcome is so large that only a replay of the {@link
     * #history} gives it.
     */
    public @Nullable Outcome outcome(Head head) {
        Ending ending = head.ending();
        return ending == null || ending.result() == null
                ? null
                : Endings.outcome(ending.status(), payload(head.id(), ending.result()));
    }

    private JsonNode payload(ExecutionId id, Payload payload) {
        return Payloads.read(new Blobs(store, new UnitMeter()), id, payload);
    }

    /** An execution's journal, whoever runs it; null when there is none, or its retention is over. */
    public @Nullable History history(ExecutionId id) {
        Head head = head(id);
        return head == null ? null : new History(store, head);
    }

    /** The same as it is stored, item by item; null when there is none, or its retention is over. */
    public @Nullable StoredJournal stored(ExecutionId id) {
        Head head = head(id);
        return head == null ? null : new StoredJournal(store, head);
    }

    /**
     * A workflow's executions, newest first. It may lag some moments behind.
     *
     * @param limit 1 to 100
     * @param token {@link Page#next} of the page before; null for the first
     */
    public Page<Head> list(String workflow, int limit, @Nullable String token) {
        Page<Head> page = store.list(workflow, limit, token, new UnitMeter());
        Instant now = clock.instant();
        return new Page<>(
                page.items().stream().filter(head -> !head.expired(now)).toList(), page.next());
    }

    /**
     * Executions that bear a label, or ended without success, newest first. It may lag some moments behind.
     *
     * @param partition {@link JournalTable#label} or {@link JournalTable#ended}
     * @param from when they started at the earliest; null for any time
     * @param to when they started at the latest; null for any time
     * @param limit 1 to 100
     * @param token {@link Page#next} of the page before; null for the first
     */
    public Page<Head> labelled(
            String partition, @Nullable Instant from, @Nullable Instant to, int limit, @Nullable String token) {
        Page<Head> page = store.labelled(partition, from, to, limit, token, new UnitMeter());
        Instant now = clock.instant();
        return new Page<>(
                page.items().stream().filter(head -> !head.expired(now)).toList(), page.next());
    }

    /**
     * Executions to resume by {@code until}, earliest first: their wake-up time comes, or the lease of their owner
     * ends. It may lag some moments behind.
     */
    public List<DueExecution> due(Instant until, int limit) {
        return store.due(until, limit, new UnitMeter());
    }

    /** To hand facts to whoever runs an execution. */
    public Inbox inbox() {
        return new Inbox(store, clock, random);
    }

    /** To delete what has outlived its retention. */
    public ExpiredExecutions expired() {
        return new ExpiredExecutions(store, clock, random);
    }

    /** Tasks whose results come from outside. */
    public WaitingTasks waitingTasks() {
        return new WaitingTasks(store, inbox(), clock, random);
    }

    /**
     * The same for an invocation that ends then: what it has no time to try again fails.
     *
     * @param end null when it is not known
     */
    public WaitingTasks waitingTasks(@Nullable Instant end) {
        return end == null
                ? waitingTasks()
                : new WaitingTasks(RetryingStore.boundedBy(end, clock, store), inbox(), clock, random);
    }

    /** The oldest stop in the inbox of an execution, whoever runs it; null when there is none. */
    public Entry.@Nullable Stopped stopOf(Head head) {
        UnitMeter meter = new UnitMeter();
        List<InboxFact> facts = new ArrayList<>();
        Blobs blobs = new Blobs(store, meter);
        Inbox.read(store, head, hash -> blobs.read(head.id(), hash), meter, facts);
        return InboxFact.stopAmong(facts);
    }
}
