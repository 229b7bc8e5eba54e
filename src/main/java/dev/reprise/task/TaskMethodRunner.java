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
    private final @Nullable ObjectReader inputReader;
    private final TaskResults results;
    private final TaskThreads threads;
    private final TaskLog log;

    TaskMethodRunner(TaskMethod task, ObjectMapper mapper, TaskThreads threads, TaskLog log) {
        this.task = task;
        this.inputReader = task.inputType() == null ? null : reader(mapper, task.inputType());
        this.results = new TaskResults(mapper);
        this.threads = threads;
        this.log = log;
    }

    /**
     * A parameter that is an {@code int} refuses JSON null; inside an input's own type, the application's mapper
     * decides.
     */
    private static ObjectReader reader(ObjectMapper mapper, JavaType type) {
        ObjectReader reader = mapper.readerFor(type);
        return type.isPrimitive() ? reader.with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES) : reader;
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
            arguments[task.inputAt()] = inputReader == null ? call.input() : read(inputReader, call.input());
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
