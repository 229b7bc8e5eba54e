package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.Semantics;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.journal.codec.Fidelity;
import dev.reprise.journal.codec.Json;
import dev.reprise.journal.codec.TreeReader;
import dev.reprise.journal.store.Beginning;
import dev.reprise.journal.store.ConditionalWrite;
import dev.reprise.journal.store.ContendedException;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Head;
import dev.reprise.journal.store.Lease;
import dev.reprise.journal.store.Payload;
import dev.reprise.journal.store.UnitMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Starts executions: the conditional put of a head decides, and what the head names is written before it. So a start
 * that dies leaves nothing to be found, or an execution that can be run.
 */
final class ExecutionStarts {

    private final ExecutionStore store;
    private final Definitions definitions;
    private final ExpiredExecutions expired;
    private final InstantSource clock;
    private final RandomGenerator random;

    ExecutionStarts(ExecutionStore store, Definitions definitions, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.definitions = definitions;
        this.expired = new ExpiredExecutions(store, clock, random);
        this.clock = clock;
        this.random = random;
    }

    /** {@link Journals#start}. */
    StartOutcome start(NewExecution execution) {
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
                new Journal(Ownership.of(store, clock, meter, begun.head()), Extent.ofStart(begun.head())));
    }

    /** {@link Journals#submit}. */
    StartOutcome.OfSubmission submit(NewExecution execution) {
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
        definitions.store(execution, blobs);
        Payload payload = Payloads.of(input);
        Instant startedAt = execution.startedAt().truncatedTo(ChronoUnit.MILLIS);
        Head head = Head.started(
                id, beginning(execution, payload, startedAt), Ownership.newWriter(random), execution.lease());
        for (int attempt = 0; attempt < ContendedException.ATTEMPTS; attempt++) {
            Head current = create(head, input, blobs, meter);
            if (current == null || current.writer().equals(head.writer())) {
                return new Begun(head, null);
            }
            // Whoever deletes it may have a clock that is ahead of this one.
            Lease claim = current.ending() == null ? null : current.lease();
            if (claim != null && claim.until().isAfter(clock.instant())) {
                throw new ContendedException(id, claim.until());
            }
            if (!expired.mayBeDeleted(current)) {
                return new Begun(head, existing(current, payload, execution.input()));
            }
            // The name is free, though the sweeper has not been there yet.
            expired.delete(id, Integer.MAX_VALUE);
        }
        throw new ContendedException(id, "to be started");
    }

    /**
     * Writes a head, and before it the input that it names and the labels that it is found by. Null when that is done,
     * else the head that has its place.
     */
    private @Nullable Head create(Head head, Json.Encoded input, Blobs blobs, UnitMeter meter) {
        Beginning beginning = head.beginning();
        Map<String, String> labels = beginning.origin().labels();
        if (beginning.input() instanceof Payload.Stored || !labels.isEmpty()) {
            // Whoever repeats a start does not pay for its input and labels again. And an earlier execution's deletion
            // takes along what stands under its name: not before it is over may they be written.
            Head current = store.readHead(head.id(), meter);
            if (current != null && (current.dueAt() != null || !current.expired(clock.instant()))) {
                return current;
            }
            if (beginning.input() instanceof Payload.Stored(String hash)) {
                blobs.write(head.id(), hash, input.json());
            }
            if (!labels.isEmpty()) {
                store.putLabels(head.id(), labels, beginning.startedAt(), meter);
            }
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
                execution.caller(),
                execution.origin());
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
        return current.beginning().input().equals(payload)
                        || storedInput(current).equals(input)
                ? new StartOutcome.Exists(current)
                : new StartOutcome.Conflict(current);
    }

    private JsonNode storedInput(Head head) {
        return Payloads.read(
                new Blobs(store, new UnitMeter()), head.id(), head.beginning().input());
    }
}
