package dev.reprise.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.core.Program;
import dev.reprise.core.event.HistoryEvent;
import dev.reprise.core.event.HistoryEventType;
import dev.reprise.execution.ExecutionIdentity;
import dev.reprise.execution.Outcome;
import dev.reprise.execution.StatesError;
import dev.reprise.runtime.VirtualRunner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays an {@code execution} case through the interpreter and the runner. */
final class ExecutionPlay {

    /** When every virtual execution starts. */
    static final Instant START = Instant.parse("2026-11-02T09:30:00.000Z");

    /** Those of Step Functions. */
    static final InterpreterLimits LIMITS = new InterpreterLimits(262_144, 10_000);

    /** Ends the ids of recordings of an express execution whose caller waited for it. */
    private static final String SYNCHRONOUS = "#start_execution_sync_response";

    private static final String ARN = "arn:aws:states:us-east-1:111111111111:";

    private ExecutionPlay() {}

    static Verdict play(CorpusCase testCase) {
        Verdict verdict = new Verdict();
        ParsedDefinition parsed = parsed(testCase);
        if (parsed.machine() == null) {
            verdict.wrong("the definition is refused: " + parsed.errors());
            return verdict;
        }
        RecordedWorld world = new RecordedWorld(testCase, verdict);
        VirtualRunner runner = runner(testCase, Program.compile(parsed.machine(), Languages::of), world);
        Outcome outcome = runner.run(testCase.at("input"));
        world.finish(outcome != null);
        check(testCase, outcome, runner.history(), verdict);
        return verdict;
    }

    /** Compares what came out, however it was played. */
    static void check(CorpusCase testCase, @Nullable Outcome outcome, List<HistoryEvent> history, Verdict verdict) {
        boolean worded = testCase.at("expected").has("cause") || testCase.json().has("expected_event_types");
        checkOutcome(testCase.at("expected"), outcome, worded, verdict);
        checkHistory(testCase, history, verdict);
    }

    static ParsedDefinition parsed(CorpusCase testCase) {
        return Definitions.parse(
                "definition",
                testCase.at("definition").toString(),
                Languages.CHECKER,
                isExpress(testCase) ? ExecutionType.EXPRESS : ExecutionType.STANDARD);
    }

    /** Whether the caller waited for it. */
    static boolean isSynchronous(CorpusCase testCase) {
        return testCase.id().endsWith(SYNCHRONOUS);
    }

    static boolean isExpress(CorpusCase testCase) {
        return testCase.at("execution_type").asText().equals("EXPRESS");
    }

    static VirtualRunner runner(CorpusCase testCase, Program program, VirtualRunner.World world) {
        return new VirtualRunner(
                identity(testCase, isExpress(testCase)),
                testCase.at("definition").toString(),
                program,
                LIMITS,
                world,
                new FixtureObjects(testCase),
                START);
    }

    private static ExecutionIdentity identity(CorpusCase testCase, boolean express) {
        return new ExecutionIdentity(
                ARN + (express ? "express:machine:run:1" : "execution:machine:run"),
                "run",
                ARN + "stateMachine:machine",
                "machine",
                "arn:aws:iam::111111111111:role/machine",
                isSynchronous(testCase) ? null : 0);
    }

    private static void checkOutcome(JsonNode expected, @Nullable Outcome outcome, boolean worded, Verdict verdict) {
        String status = switch (outcome) {
            case null -> "RUNNING";
            case Outcome.Succeeded succeeded -> "SUCCEEDED";
            case Outcome.Failed failed -> "FAILED";
            case Outcome.TimedOut timedOut -> "TIMED_OUT";
            case Outcome.Aborted aborted -> "ABORTED";
        };
        verdict.check("status", expected.path("status"), TextNode.valueOf(status));
        verdict.check("output", expected.get("output"), outcome instanceof Outcome.Succeeded s ? s.output() : null);
        StatesError error = switch (outcome) {
            case Outcome.Failed failed -> failed.error();
            case Outcome.Aborted aborted -> new StatesError(aborted.error(), aborted.cause());
            case null, default -> new StatesError(null, null);
        };
        verdict.check("error", expected.get("error"), text(error.error()));
        if (worded) {
            verdict.checkWording("cause", expected.get("cause"), text(error.cause()));
        }
    }

    private static @Nullable TextNode text(@Nullable String value) {
        return value == null ? null : TextNode.valueOf(value);
    }

    private static void checkHistory(CorpusCase testCase, List<HistoryEvent> history, Verdict verdict) {
        if (testCase.json().has("expected_states")) {
            StateRows.check(testCase, history, verdict);
        }
        if (testCase.json().has("expected_event_types")) {
            ArrayNode types = JsonNodeFactory.instance.arrayNode();
            history.forEach(event -> types.add(event.type().name()));
            verdict.checkWording("event types", testCase.at("expected_event_types"), types);
        }
        if (testCase.json().has("evaluation_failures")) {
            ArrayNode failures = JsonNodeFactory.instance.arrayNode();
            history.stream()
                    .filter(event -> event.type() == HistoryEventType.EvaluationFailed)
                    .forEach(event -> failures.add(event.details()));
            verdict.checkWording("evaluation failures", testCase.at("evaluation_failures"), failures);
        }
    }
}
