package dev.reprise.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Semantics;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.journal.codec.ByteSink;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.codec.TreeReader;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.Chunk;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.CorruptJournalException;
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
import dev.reprise.journal.store.Segment;
import dev.reprise.journal.store.UnitMeter;
import dev.reprise.journal.store.UnknownVersionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Hashes of definitions that are known to be stored: each costs a read in the life of a process. */
    private final Set<String> storedDefinitions = ConcurrentHashMap.newKeySet();

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
    }

    /**
     * Starts an execution. What its head names is written before it: a start that dies leaves nothing to be found, or
     * an execution that can be run.
     *
     * @throws IllegalArgumentException when the name is none, or the input cannot be stored
     */
    public StartOutcome start(NewExecution execution) {
        UnitMeter meter = new UnitMeter();
        Json.Encoded input = Json.encode(execution.input());
        Begun begun = begin(execution, input, new Blobs(store, meter), meter);
        if (begun.existing() != null) {
            return begun.existing();
        }
        Instant startedAt = begun.head().beginning().startedAt();
        JsonNode stored = input.fidelity() == Fidelity.EXACT ? execution.input() : reread(input);
        return new StartOutcome.Created(
                begun.head(),
                new Entry.Started(startedAt, stored),
                new Journal(
                        new Ownership(bounded(execution.lease()), meter, begun.head()), Extent.ofStart(begun.head())));
    }

    /**
     * Starts an execution that nobody runs yet: it is due at once, and whoever is woken up for it opens it.
     *
     * @param execution without a lease
     * @return whether this very start made the execution, its {@link Beginning#caller} tells
     * @throws IllegalArgumentException when the name is none, or the input cannot be stored
     */
    public StartOutcome.OfSubmission submit(NewExecution execution) {
        UnitMeter meter = new UnitMeter();
        Json.Encoded input = Json.encode(execution.input());
        Begun begun = begin(execution, input, new Blobs(store, meter), meter);
        return begun.existing() == null ? new StartOutcome.Exists(begun.head()) : begun.existing();
    }

    /**
     * A new execution's head.
     *
     * @param head as it was to be written
     * @param existing null when it was written
     */
    private record Begun(Head head, StartOutcome.@Nullable OfSubmission existing) {}

    private Begun begin(NewExecution execution, Json.Encoded input, Blobs blobs, UnitMeter meter) {
        ExecutionId id = execution.id();
        storeDefinition(blobs, execution);
        Payload payload = Payloads.of(input);
        Instant startedAt = execution.startedAt().truncatedTo(ChronoUnit.MILLIS);
        Head head = Head.started(id, beginning(execution, payload, startedAt), newWriter(), execution.lease());
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            Head current = create(head, input, blobs, meter);
            if (current == null || current.writer().equals(head.writer())) {
                return new Begun(head, null);
            }
            ExpiredExecutions expired = expired();
            if (!expired.mayBeDeleted(current)) {
                return new Begun(head, existing(current, payload, execution.input()));
            }
            Lease claim = current.lease();
            if (claim != null && claim.until().isAfter(clock.instant())) {
                throw new ContendedException(id, claim.until());
            }
            // The name is free, though the sweeper has not been there yet.
            expired.delete(id, Integer.MAX_VALUE);
        }
        throw new ContendedException(id, "to be started");
    }

    /**
     * Writes a head, and before it the input that it names. Null when that is done, else the head that has its place.
     */
    private @Nullable Head create(Head head, Json.Encoded input, Blobs blobs, UnitMeter meter) {
        if (head.beginning().input() instanceof Payload.Stored(String hash)) {
            // Whoever repeats a start does not pay for its input again. And an earlier execution's deletion takes along
            // what stands under its name: not before it is over may an input be written.
            Head current = store.readHead(head.id(), meter);
            if (current != null && (current.dueAt() != null || !current.expired(clock.instant()))) {
                return current;
            }
            blobs.write(head.id(), hash, input.json());
        }
        return store.createHead(head, clock.instant(), meter) instanceof ConditionalWrite.Refused(Head current)
                ? current
                : null;
    }

    private Beginning beginning(NewExecution execution, Payload input, Instant startedAt) {
        ExecutionIdentity identity = execution.identity();
        return new Beginning(
                Semantics.VERSION,
                identity.executionArn(),
                identity.roleArn(),
                execution.definitionHash(),
                "",
                input,
                startedAt,
                execution.retention(),
                execution.answeredFromOutside() ? newSecret() : null,
                execution.caller());
    }

    /** 256 bits: as many as the hash has that it keys. */
    private String newSecret() {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        return Base64.getEncoder().withoutPadding().encodeToString(secret);
    }

    private static JsonNode reread(Json.Encoded json) {
        try {
            return TreeReader.read(json.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StartOutcome.OfSubmission existing(Head current, Payload payload, JsonNode input) {
        return current.beginning().input().equals(payload) || input(current).equals(input)
                ? new StartOutcome.Exists(current)
                : new StartOutcome.Conflict(current);
    }

    private void storeDefinition(Blobs blobs, NewExecution execution) {
        String hash = execution.definitionHash();
        if (!storedDefinitions.contains(hash)) {
            String partition = JournalTable.definitionPartition(hash);
            Chunk last = store.readLastChunk(
                    partition, JournalTable.DEFINITION_TEXT, JournalTable.DEFINITION_TEXT + "~", new UnitMeter());
            if (last == null || last.index() != last.count() - 1) {
                ByteSink text = new ByteSink(execution.definition().length());
                text.writeBytes(execution.definition().getBytes(UTF_8));
                blobs.write(partition, JournalTable.DEFINITION_TEXT, text);
            }
            storedDefinitions.add(hash);
        }
    }

    /**
     * A definition's text.
     *
     * @param hash as in {@link Beginning#definition}
     * @throws CorruptJournalException when it is not there
     */
    public String definition(String hash) {
        String partition = JournalTable.definitionPartition(hash);
        byte[] text = new Blobs(store, new UnitMeter()).read(partition, partition, JournalTable.DEFINITION_TEXT);
        if (text == null) {
            throw new CorruptJournalException("of any name", "definition " + hash, "it is not there", null);
        }
        return new String(text, UTF_8);
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
        UnitMeter meter = new UnitMeter();
        String writer = newWriter();
        Instant now = clock.instant();
        ConditionalWrite<Head> change = store.takeLease(id, writer, lease, now, meter);
        return switch (change) {
            case ConditionalWrite.Made(Head before)
            when before != null -> opened(before, writer, lease, maxFruitless, meter);
            case ConditionalWrite.Refused(Head current)
            when current != null && !current.expired(now) -> {
                Lease held = current.lease();
                yield held == null ? new OpenOutcome.AlreadyClosed(current) : new OpenOutcome.HeldByOther(held.until());
            }
            case ConditionalWrite.Made<Head> made ->
                throw new IllegalStateException("A lease was taken of no head: " + id);
            case ConditionalWrite.Refused<Head> gone -> new OpenOutcome.Unknown();
        };
    }

    private static void requireKnownSemantics(Head head) {
        int semantics = head.beginning().semantics();
        if (!Semantics.knows(semantics)) {
            throw new UnknownVersionException("Execution " + head.id(), "semantics", semantics, Semantics.VERSION);
        }
    }

    private OpenOutcome opened(Head before, String writer, Lease lease, long maxFruitless, UnitMeter meter) {
        requireKnownSemantics(before);
        Head head = before.leased(writer, lease);
        OpenOutcome fruitless = fruitless(before, head, maxFruitless, meter);
        if (fruitless != null) {
            return fruitless;
        }
        boolean takenOver = before.lease() != null;
        // An owner that gave up its lease said where its last snapshot is. Of one that did not, the head may know
        // nothing.
        return opened(head, takenOver, !takenOver, meter);
    }

    private OpenOutcome.Opened opened(Head head, boolean takenOver, boolean knowsSnapshot, UnitMeter meter) {
        ExecutionId id = head.id();
        Blobs blobs = new Blobs(store, meter);
        Snapshot snapshot = !knowsSnapshot
                ? Snapshot.readLatest(store, blobs, id, meter)
                : head.progress().snapshot() < 0
                        ? null
                        : Snapshot.read(blobs, id, head.progress().snapshot());
        JsonNode input = Payloads.read(blobs, id, head.beginning().input());
        JournalReplay replay = new JournalReplay(
                new Ownership(bounded(head.lease()), meter, head),
                snapshot == null ? Extent.ofStart(head) : Extent.upTo(snapshot),
                takenOver);
        return new OpenOutcome.Opened(head, input, snapshot == null ? null : snapshot.state(), replay);
    }

    /**
     * Has an execution go on that is closed. Of several that try one gets {@link OpenOutcome.Opened}; the others learn
     * what has become of it. Who dies in the middle leaves it closed, or RUNNING: whoever opens it then sees by {@link
     * Head#redrive} that its last entries are an end, which is to be redriven.
     *
     * @param closed its head
     * @param at millisecond precision
     */
    public OpenOutcome.OfRedrive redrive(Head closed, Lease lease, Instant at) {
        UnitMeter meter = new UnitMeter();
        requireKnownSemantics(closed);
        // Before there is a second item, the head must not be one that DynamoDB's time to live deletes alone.
        Head shared = closed.shared();
        if (closed.dueAt() == null
                && store.replaceClosed(closed, shared, meter) instanceof ConditionalWrite.Refused(Head current)) {
            return notRedriven(current);
        }
        moveTail(shared, meter);
        Head redriven = shared.redriven(newWriter(), lease, at);
        ConditionalWrite<Head> change = store.replaceClosed(shared, redriven, meter);
        if (change instanceof ConditionalWrite.Refused(Head current)
                && (current == null || !current.writer().equals(redriven.writer()))) {
            return notRedriven(current);
        }
        // Its mark keeps out whoever owned the execution before it was closed, however that came about.
        return opened(redriven, true, true, meter);
    }

    private static OpenOutcome.OfRedrive notRedriven(@Nullable Head current) {
        if (current == null) {
            return new OpenOutcome.Unknown();
        }
        Lease lease = current.lease();
        return lease == null ? new OpenOutcome.AlreadyClosed(current) : new OpenOutcome.HeldByOther(lease.until());
    }

    /** Whoever does it writes the same. */
    private void moveTail(Head closed, UnitMeter meter) {
        Ending ending = closed.ending();
        Segment tail = ending == null ? null : ending.tail();
        if (tail != null) {
            ConditionalWrite<Segment> put = store.putSegment(closed.id(), tail, meter);
            if (put instanceof ConditionalWrite.Refused(Segment taken)
                    && !taken.writer().equals(tail.writer())) {
                throw new CorruptJournalException(
                        closed.id().toString(),
                        "segment " + tail.number(),
                        "it stands where the last entries belong, which are in the head",
                        null);
            }
        }
    }

    /**
     * Takes an execution over, if nobody else runs it, only to end it, in whatever state its journal is: one that cannot
     * be read can still be stopped.
     *
     * @return false when there is nothing to end, or somebody else runs it
     */
    public boolean stopUnread(ExecutionId id, Lease lease, Entry.Stopped stop) {
        UnitMeter meter = new UnitMeter();
        String writer = newWriter();
        ConditionalWrite<Head> change = store.takeLease(id, writer, lease, clock.instant(), meter);
        if (!(change instanceof ConditionalWrite.Made(Head before)) || before == null) {
            return false;
        }
        Ownership owned = new Ownership(store, meter, before.leased(writer, lease));
        // The end is not the end of what was read: nothing was.
        Release release = new Release(owned, Extent.upTo(null, owned.head()));
        boolean awaitsOthers = before.beginning().tokenSecret() != null;
        release.close(stop.outcome(), stop.at(), true, awaitsOthers, () -> null);
        return true;
    }

    /**
     * Null when it is worth another try. The head may not know what owners achieved that died, but it knows how many
     * there were.
     */
    private OpenOutcome.@Nullable Fruitless fruitless(Head before, Head head, long most, UnitMeter meter) {
        long fruitful = before.progress().fruitful();
        if (before.resumes() - fruitful < most) {
            return null;
        }
        LastSegments segments = LastSegments.read(store, head.id(), meter);
        long fruitless = before.resumes() - Math.max(fruitful, segments.resumeOfLastEntry());
        if (fruitless < most) {
            return null;
        }
        boolean died = before.lease() != null;
        JournalReplay replay =
                new JournalReplay(new Ownership(store, meter, head), Extent.upTo(segments.last(), head), died);
        return new OpenOutcome.Fruitless(head, fruitless, died, replay.pastItsEntries());
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
        return facts.stream()
                .map(InboxFact::entry)
                .filter(Entry.Stopped.class::isInstance)
                .map(Entry.Stopped.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** What an owner asks of the store ends with its lease, which ends with its invocation. */
    private ExecutionStore bounded(@Nullable Lease lease) {
        return lease == null ? store : RetryingStore.boundedBy(lease.until(), clock, store);
    }

    private String newWriter() {
        return Long.toString(random.nextLong() >>> 1, Character.MAX_RADIX);
    }
}
