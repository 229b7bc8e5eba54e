package dev.reprise.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.core.EffectId;
import dev.reprise.core.Entry;
import dev.reprise.core.StatesError;
import dev.reprise.core.TimerKind;
import java.time.Instant;

/** Something that came about and has no place in the journal yet. It becomes an entry, and gets its time, when the owner takes it in. */
sealed interface Arrival {

    Entry.OfEffect at(Instant time);

    record Result(EffectId effect, JsonNode output) implements Arrival {
        @Override
        public Entry.OfEffect at(Instant time) {
            return new Entry.TaskSucceeded(effect, time, output);
        }
    }

    record Failure(EffectId effect, StatesError error) implements Arrival {
        @Override
        public Entry.OfEffect at(Instant time) {
            return new Entry.TaskFailed(effect, time, error);
        }
    }

    record Due(EffectId effect, TimerKind kind) implements Arrival {
        @Override
        public Entry.OfEffect at(Instant time) {
            return new Entry.TimerFired(effect, time, kind);
        }
    }
}
