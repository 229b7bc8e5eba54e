package dev.reprise.task;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.reprise.execution.StatesError;
import io.smallrye.mutiny.Uni;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a {@link TaskMethod}. */
final class TaskMethodRunner implements TaskRunner {

    private final TaskMethod task;
    private final ObjectMapper mapper;
    private final TaskResults results;
    private final TaskThreads threads;
    private final TaskLog log;

    /** Made at the first call: to look at a type takes as long as much else of a process' start. */
    private volatile @Nullable ObjectReader inputReader;

    TaskMethodRunner(TaskMethod task, ObjectMapper mapper, TaskThreads threads, TaskLog log) {
        this.task = task;
        this.mapper = mapper;
        this.results = new TaskResults(mapper);
        this.threads = threads;
        this.log = log;
    }

    /**
     * A parameter that is an {@code int} refuses JSON null; inside an input's own type, the application's mapper
     * decides.
     */
    private ObjectReader reader(JavaType type) {
        ObjectReader made = inputReader;
        if (made == null) {
            ObjectReader reader = mapper.readerFor(type);
            made = type.isPrimitive() ? reader.with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) : reader;
            inputReader = made;
        }
        return made;
    }

    @Override
    public Uni<JsonNode> run(TaskCall call) {
        if (!task.returnsUni()) {
            return task.blocking()
                    ? threads.run(() -> toJson(invoke(call)))
                    : Uni.createFrom().item(() -> toJson(invoke(call)));
        }
        Uni<?> result = task.blocking()
                ? threads.run(() -> invokeForUni(call)).flatMap(uni -> uni)
                : Uni.createFrom().deferred(() -> invokeForUni(call));
        return result.map(this::toJson).onFailure().transform(TaskFailures::from);
    }

    private Uni<?> invokeForUni(TaskCall call) {
        return (Uni<?>) Objects.requireNonNull(invoke(call), task.method() + " returned null where it promises a Uni");
    }

    private @Nullable Object invoke(TaskCall call) {
        @Nullable Object[] arguments = new @Nullable Object[task.parameters()];
        if (task.inputAt() >= 0) {
            JavaType type = task.inputType();
            arguments[task.inputAt()] = type == null ? call.input() : read(reader(type), call.input());
        }
        if (task.contextAt() >= 0) {
            arguments[task.contextAt()] = call.context();
        }
        log.started(call.context());
        CurrentTask.begin(call.context());
        try {
            return task.call().with(arguments);
        } catch (Throwable e) {
            throw TaskFailures.from(e);
        } finally {
            CurrentTask.end();
        }
    }

    private @Nullable Object read(ObjectReader reader, JsonNode input) {
        try {
            return reader.readValue(input);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new TaskException(
                    new StatesError(
                            "Reprise.InvalidTaskInput",
                            task.method() + " cannot read its input as " + typeName() + ": " + TaskFailures.message(e)),
                    e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("Reading a value that is in memory did I/O", e);
        }
    }

    private String typeName() {
        return task.inputType() == null ? "JSON" : task.inputType().toCanonical();
    }

    private JsonNode toJson(@Nullable Object result) {
        try {
            return results.toJson(result);
        } catch (IllegalArgumentException e) {
            throw new TaskException(
                    new StatesError(
                            "Reprise.InvalidTaskResult",
                            task.method() + " gave a result that cannot be written as JSON: "
                                    + TaskFailures.message(e)),
                    e);
        }
    }
}
