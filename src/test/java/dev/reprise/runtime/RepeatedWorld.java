package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.Effect;
import dev.reprise.execution.EffectId;
import dev.reprise.execution.Entry;
import dev.reprise.task.TaskException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The world around an execution that ran before: what its journal tells happens again, from some entry on. */
public final class RepeatedWorld implements VirtualRunner.World {

    private final Map<EffectId, Entry> answers = new HashMap<>();
    private final Deque<Entry> fromOutside = new ArrayDeque<>();
    private final Function<EffectId, String> tokens;

    /**
     * The world of which {@code entries} tell.
     *
     * @param known how many of them the execution knows already
     */
    public RepeatedWorld(List<Entry> entries, int known, Function<EffectId, String> tokens) {
        this.tokens = tokens;
        Set<EffectId> submitted = new HashSet<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.TaskSubmitted taken) {
                submitted.add(taken.effect());
            }
        }
        for (Entry entry : entries.subList(known, entries.size())) {
            switch (entry) {
                case Entry.TimerFired timer -> {}
                case Entry.TaskSubmitted taken -> answers.put(taken.effect(), taken);
                case Entry.OfEffect answer
                when !submitted.contains(answer.effect()) -> answers.put(answer.effect(), answer);
                default -> fromOutside.add(entry);
            }
        }
    }

    @Override
    public Uni<JsonNode> run(Effect.RunTask task) {
        return switch (answers.get(task.id())) {
            case Entry.TaskSubmitted submitted -> Uni.createFrom().item(submitted.response());
            case Entry.TaskSucceeded succeeded -> Uni.createFrom().item(succeeded.output());
            case Entry.TaskFailed failed -> Uni.createFrom().failure(() -> new TaskException(failed.error(), null));
            case null, default -> Uni.createFrom().nothing();
        };
    }

    @Override
    public @Nullable Entry happensAt(Instant now) {
        Entry next = fromOutside.poll();
        return next == null ? null : next.movedTo(now);
    }

    @Override
    public String taskToken(EffectId task) {
        return tokens.apply(task);
    }
}
