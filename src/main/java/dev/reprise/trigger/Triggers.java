package dev.reprise.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ExecutionStatus;
import dev.reprise.execution.Printable;
import dev.reprise.execution.RequestException;
import dev.reprise.operations.ExecutionDescription;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JsonArgument;
import dev.reprise.query.EvaluationException;
import dev.reprise.query.Expression;
import dev.reprise.workflow.Workflow;
import dev.reprise.workflow.Workflows;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts what events are to start. An execution that has a journal goes on elsewhere, in an invocation of its own; one
 * without runs here, to its end. Thread-safe.
 */
public final class Triggers {

    private static final Logger LOG = Logger.getLogger(Triggers.class);

    private final TriggerFile file;
    private final Workflows workflows;
    private final Executions executions;
    private final @Nullable String wakeUpQueue;
    private final InstantSource clock;

    /**
     * By means of these.
     *
     * @param wakeUpQueue name of the queue whose messages are Reprise's own, whatever a trigger says; null for none
     */
    public Triggers(
            TriggerFile file,
            Workflows workflows,
            Executions executions,
            @Nullable String wakeUpQueue,
            InstantSource clock) {
        this.wakeUpQueue = wakeUpQueue;
        this.file = file;
        this.workflows = workflows;
        this.executions = executions;
        this.clock = clock;
    }

    /** Whether there is a trigger for such events. */
    public boolean haveOneFor(AwsEvent event) {
        return find(event) != null;
    }

    /** What keeps triggers from being used, a line each. */
    public List<String> errors() {
        return file.errors();
    }

    /** What is doubtful about them, a line each. */
    public List<String> warnings() {
        return file.warnings();
    }

    private @Nullable Trigger find(AwsEvent event) {
        if (wakeUpQueue != null
                && event.source() instanceof EventSource.Queue(String arn)
                && arn.endsWith(":" + wakeUpQueue)) {
            return null;
        }
        return file.content().triggers().stream()
                .filter(trigger -> trigger.match().matches(event.source()))
                .findFirst()
                .orElse(null);
    }

    /**
     * Starts the execution of an event. An event that comes again is answered for by the execution that it has started.
     *
     * @return null when there is another of that name with another input, which the log tells
     * @throws RefusedEventException when it starts nothing
     */
    public @Nullable ExecutionDescription start(AwsEvent event, Invocation invocation) {
        Trigger trigger = find(event);
        if (trigger == null) {
            throw noneFor(event, null);
        }
        try {
            return start(trigger, event, invocation);
        } catch (RequestException e) {
            if (e.error().equals("ExecutionAlreadyExists")) {
                LOG.warnf("%s%s. It counts as done", of(event), e.message());
                return null;
            }
            throw new RefusedEventException(e.error(), of(event) + e.message());
        }
    }

    private @Nullable ExecutionDescription start(Trigger trigger, AwsEvent event, Invocation invocation) {
        Workflow workflow = workflows.named(trigger.workflow());
        boolean hides = !workflow.program().machine().redacted().isEmpty();
        JsonNode content = content(event, hides);
        EventEnvironment environment =
                EventEnvironment.of(event, content, Objects.requireNonNullElseGet(event.at(), clock::instant));
        String name;
        JsonNode input;
        try {
            name = trigger.name() == null ? event.name() : name(trigger.name(), environment);
            input = trigger.input() == null ? content : trigger.input().evaluate(environment);
        } catch (EvaluationException e) {
            throw new RequestException(e.error(), why(e.causeText(), hides) + ". Mend the trigger in " + file.path());
        }
        if (workflow.express()) {
            return runToItsEnd(trigger, name, input, invocation);
        }
        Map<String, String> labels = trigger.labels() == null
                ? Map.of()
                : trigger.labels()
                        .of(environment, why -> LOG.warnf("%sa label is left out: %s", of(event), why(why, hides)));
        return executions.submit(trigger.workflow(), name, input, labels, invocation);
    }

    /**
     * What went wrong may quote the event, in which nobody knows what is to be hidden.
     *
     * @param hides whether the workflow hides some of its data
     */
    private static String why(String cause, boolean hides) {
        return hides ? "an expression failed; why is not shown, as the workflow hides some of its data" : cause;
    }

    /** It leaves no trace that would tell of a failure: so the event has failed with it. */
    private ExecutionDescription runToItsEnd(Trigger trigger, String name, JsonNode input, Invocation invocation) {
        ExecutionDescription ended = executions.start(trigger.workflow(), name, input, invocation);
        if (ended.status() != ExecutionStatus.SUCCEEDED) {
            throw new RequestException(
                    ended.error() == null ? ended.status().name() : ended.error(),
                    "its execution " + ended.executionArn() + " ended as " + ended.status() + ": " + ended.cause());
        }
        return ended;
    }

    private static JsonNode content(AwsEvent event, boolean hides) {
        try {
            return JsonArgument.read(event.content());
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    "InvalidEvent",
                    "its body is no JSON" + (hides ? "" : ": " + withoutType(e))
                            + ". A text is sent in quotes of its own: \"\\\"done\\\"\"");
        }
    }

    /** Without the name of a class that Jackson adds. */
    private static String withoutType(IllegalArgumentException e) {
        return String.valueOf(e.getMessage()).replaceFirst(" \\(bound as .*", "");
    }

    private static String name(Expression expression, EventEnvironment environment) {
        JsonNode name = expression.evaluate(environment);
        if (!name.isTextual() && !name.isNumber()) {
            throw new RequestException(
                    "InvalidName", "'name' must give a text or a number, and gave " + name.getNodeType());
        }
        return name.asText();
    }

    /**
     * An event that there is no trigger for.
     *
     * @param otherwise why it is nothing else either; null when there is nothing to say
     */
    public RefusedEventException noneFor(AwsEvent event, @Nullable String otherwise) {
        if (!file.errors().isEmpty()) {
            return new RefusedEventException(
                    "InvalidTriggers", of(event) + "it starts nothing. " + String.join("\n", file.errors()));
        }
        return new RefusedEventException(
                "NoTrigger",
                of(event) + "there is no trigger for it. Write one into " + file.path() + ": " + sample(event)
                        + (otherwise == null ? "" : ". Nor is it a request: " + otherwise));
    }

    private static String sample(AwsEvent event) {
        String match = switch (event.source()) {
            case EventSource.Queue(String arn) -> "\"queue\": \"" + (arn.isEmpty() ? "QUEUE" : arn) + "\"";
            case EventSource.Topic(String arn) -> "\"topic\": \"" + arn + "\"";
            case EventSource.Bucket(String name, String key) -> "\"bucket\": \"" + name + "\", \"key\": \"*\"";
            case EventSource.Bus bus ->
                "\"event\": {\"source\": \"" + bus.source() + "\", \"detail-type\": \"" + bus.detailType() + "\"}";
        };
        return "[{" + Printable.of(match) + ", \"workflow\": \"NAME\"}]";
    }

    private static String of(AwsEvent event) {
        return Printable.of(event.toString()) + ": ";
    }
}
