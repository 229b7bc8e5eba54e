package dev.reprise.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.execution.ExecutionId;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.ScopePath;
import dev.reprise.journal.store.ExecutionStore;
import dev.reprise.journal.store.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** What the journal's tests have in common. */
final class Fixtures {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final InstantSource AT_NOON = InstantSource.fixed(NOON);
    static final Lease LEASE = new Lease("request-1", NOON.plusSeconds(900));
    static final String DEFINITION = "{\"StartAt\":\"Done\",\"States\":{\"Done\":{\"Type\":\"Succeed\"}}}";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Fixtures() {}

    static Journals journals(ExecutionStore store) {
        return new Journals(store, AT_NOON, new Random());
    }

    static NewExecution execution(String name, JsonNode input) {
        return execution(new ExecutionId("orders", name), input, NOON);
    }

    static NewExecution execution(ExecutionId id, JsonNode input, Instant startedAt) {
        ExecutionIdentity identity = new ExecutionIdentity(
                "arn:aws:states:us-east-1:123456789012:execution:" + id.workflow() + ":" + id.name(),
                id.name(),
                "arn:aws:states:us-east-1:123456789012:stateMachine:" + id.workflow(),
                id.workflow(),
                "arn:aws:iam::123456789012:role/orders");
        return new NewExecution(identity, input, "d".repeat(64), DEFINITION, startedAt, Period.ofDays(14), LEASE);
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static JsonNode text(int length) {
        return JsonNodeFactory.instance.textNode("x".repeat(length));
    }

    /** Text that does not compress. */
    static JsonNode noise(int length, long seed) {
        StringBuilder noise = new StringBuilder(length);
        Random random = new Random(seed);
        for (int i = 0; i < length; i++) {
            noise.append((char) ('!' + random.nextInt(90)));
        }
        return JsonNodeFactory.instance.textNode(
                noise.toString().replace('"', ' ').replace('\\', ' '));
    }

    /** Item {@code index} of a Map state had its task succeed. */
    static Entry succeeded(int index, JsonNode output) {
        return new Entry.TaskSucceeded(
                new EffectId(ScopePath.ROOT.child("ProcessOrders", 1, index), 1), NOON.plusMillis(index), output);
    }

    static Entry succeeded(int index) {
        return succeeded(index, JsonNodeFactory.instance.numberNode(index));
    }

    static StartOutcome.Created start(ExecutionStore store, String name) {
        return start(store, name, json("{}"));
    }

    static StartOutcome.Created start(ExecutionStore store, String name, JsonNode input) {
        return (StartOutcome.Created) journals(store).start(execution(name, input));
    }

    /** Opens as another request once the first lease is over. */
    static OpenOutcome.Opened open(ExecutionStore store, String name) {
        return open(store, name, "request-2");
    }

    static OpenOutcome.Opened open(ExecutionStore store, String name, String owner) {
        Instant later = NOON.plusSeconds(1000);
        Journals journals = new Journals(store, InstantSource.fixed(later), new Random());
        return (OpenOutcome.Opened)
                journals.open(new ExecutionId("orders", name), new Lease(owner, later.plusSeconds(900)));
    }

    /** The journal of an execution that was opened, once it is read to its end. */
    static Journal replayed(OpenOutcome opened) {
        return ((OpenOutcome.Opened) opened).replay().toItsEnd(entry -> {});
    }

    static List<Entry> all(OpenOutcome.Opened opened) {
        return all(opened.replay());
    }

    static List<Entry> all(JournalReplay replay) {
        List<Entry> all = new ArrayList<>();
        replay.toItsEnd(all::add);
        return all;
    }

    static List<Entry> all(Iterator<Entry> entries) {
        List<Entry> all = new ArrayList<>();
        entries.forEachRemaining(all::add);
        return all;
    }

    static List<Entry> history(ExecutionStore store, String name) {
        History history = journals(store).history(new ExecutionId("orders", name));
        return history == null ? List.of() : all(history.entries());
    }
}
