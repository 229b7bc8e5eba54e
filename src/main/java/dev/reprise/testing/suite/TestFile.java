package dev.reprise.testing.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.asl.FiniteJsonFactory;
import dev.reprise.asl.State;
import dev.reprise.execution.ExecutionStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code NAME.test.json}. Its form is {@code workflow-test.schema.json}, beside this class.
 *
 * @param file where it is
 * @param states those of its workflow, by name
 */
record TestFile(Path file, Map<String, State> states) {

    static final JsonMapper JSON = JsonMapper.builder(new FiniteJsonFactory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Its cases.
     *
     * @throws TestFileException with everything that is wrong
     */
    List<TestCase> cases() {
        List<String> problems = new ArrayList<>();
        List<TestCase> cases = new Reading(problems).file(read(file));
        if (!problems.isEmpty()) {
            throw new TestFileException(
                    problems.stream().map(problem -> file + ": " + problem).toList());
        }
        return cases;
    }

    /** @throws TestFileException when it cannot be read, or is no JSON */
    static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new TestFileException(List.of(file + ": "
                    + (e.getLocation() == null ? "" : e.getLocation().getLineNr() + ": ") + "no JSON: "
                    + e.getOriginalMessage()));
        } catch (IOException e) {
            throw new TestFileException(List.of(file + ": cannot be read: " + e));
        }
    }

    private final class Reading {

        private final List<String> problems;
        private final MockReader mocks;

        Reading(List<String> problems) {
            this.problems = problems;
            this.mocks = new MockReader(states, problems);
        }

        List<TestCase> file(JsonNode root) {
            MemberReader members = MemberReader.of(root, "", problems);
            members.value("comment");
            Map<String, Mock> shared = mocks.read(members.object("mocks"));
            List<TestCase> cases = new ArrayList<>();
            Set<String> names = new HashSet<>();
            JsonNode list = members.value("cases");
            if (list == null || !list.isArray() || list.isEmpty()) {
                members.problem("cases", "a list of at least one case is expected");
                members.refuseOthers();
                return cases;
            }
            int index = 0;
            for (JsonNode each : list) {
                String pointer = "/cases/" + index;
                TestCase read = testCase(MemberReader.of(each, pointer, problems), shared, index++);
                if (!names.add(read.name())) {
                    problems.add(pointer + "/name: another case is named '" + read.name() + "'");
                }
                cases.add(read);
            }
            members.refuseOthers();
            return cases;
        }

        private TestCase testCase(MemberReader members, Map<String, Mock> shared, int index) {
            members.value("comment");
            String name = members.text("name");
            Map<String, Mock> all = new LinkedHashMap<>(shared);
            MemberReader config = members.object("mockConfig");
            if (config != null) {
                all.putAll(fromConfig(config));
            }
            all.putAll(mocks.read(members.object("mocks")));
            List<Step> steps = new ArrayList<>();
            JsonNode list = members.value("steps");
            if (list != null) {
                int number = 0;
                for (JsonNode each : list) {
                    steps.add(step(MemberReader.of(each, members.pointer("steps") + "/" + number++, problems)));
                }
            }
            MemberReader expected = members.object("expect");
            TestCase read = new TestCase(
                    name == null ? "case " + (index + 1) : name,
                    input(members),
                    members.time("startAt"),
                    all,
                    objects(members.object("objects")),
                    steps,
                    expected == null ? Expectation.SUCCESS : expectation(expected, true),
                    members.flag("crashEverywhere"));
            members.refuseOthers();
            return read;
        }

        private Map<String, Mock> fromConfig(MemberReader config) {
            String path = config.text("file");
            String name = config.text("case");
            config.refuseOthers();
            if (path == null || name == null) {
                config.problem("\"file\" and \"case\" are expected");
                return Map.of();
            }
            try {
                Map<String, Mock> found =
                        MockConfigFile.read(file.resolveSibling(path)).mocks(workflowName(), name);
                found.keySet().stream()
                        .filter(state -> !MockReader.isState(states, state))
                        .forEach(state -> config.problem("case", "the workflow has no Task state '" + state + "'"));
                return found;
            } catch (TestFileException e) {
                problems.addAll(e.problems());
                return Map.of();
            }
        }

        private String workflowName() {
            String name = String.valueOf(file.getFileName());
            return name.substring(0, name.length() - WorkflowSuite.SUFFIX.length());
        }

        private JsonNode input(MemberReader members) {
            JsonNode input = members.value("input");
            String path = members.text("inputFile");
            if (input != null && path != null) {
                members.problem("inputFile", "there is an \"input\" already");
            }
            if (path != null) {
                Path source = file.resolveSibling(path);
                if (!Files.isRegularFile(source)) {
                    members.problem("inputFile", "there is no file " + source);
                    return JsonNodeFactory.instance.objectNode();
                }
                return read(source);
            }
            return input == null ? JsonNodeFactory.instance.objectNode() : input;
        }

        private Map<String, String> objects(@Nullable MemberReader members) {
            Map<String, String> objects = new LinkedHashMap<>();
            if (members != null) {
                for (String place : members.names()) {
                    JsonNode content = Objects.requireNonNull(members.value(place));
                    if (place.indexOf('/') < 1) {
                        members.problem(place, "an object is named BUCKET/KEY");
                    } else {
                        objects.put(place, content.isTextual() ? content.textValue() : content.toString());
                    }
                }
            }
            return objects;
        }

        private Step step(MemberReader members) {
            Step read = knownStep(members);
            if (read == null) {
                members.problem("a step is expected: advanceSeconds, runUntilIdle, runToEnd, succeed, fail, heartbeat,"
                        + " stop, redrive or expect");
                return new Step.RunUntilIdle();
            }
            members.refuseOthers();
            return read;
        }

        private @Nullable Step knownStep(MemberReader members) {
            if (members.has("advanceSeconds")) {
                var time = members.seconds("advanceSeconds");
                return time == null ? new Step.RunUntilIdle() : new Step.Advance(time);
            }
            if (members.flag("runUntilIdle")) {
                return new Step.RunUntilIdle();
            }
            if (members.flag("runToEnd")) {
                return new Step.RunToEnd();
            }
            if (members.flag("redrive")) {
                return new Step.Redrive();
            }
            MemberReader inner = members.object("succeed");
            if (inner != null) {
                JsonNode output = inner.value("output");
                Step step = new Step.Succeed(
                        state(inner),
                        inner.count("item"),
                        output == null ? JsonNodeFactory.instance.objectNode() : output);
                inner.refuseOthers();
                return step;
            }
            inner = members.object("fail");
            if (inner != null) {
                Step step = new Step.Fail(state(inner), inner.count("item"), inner.text("error"), inner.text("cause"));
                inner.refuseOthers();
                return step;
            }
            inner = members.object("heartbeat");
            if (inner != null) {
                Step step = new Step.Heartbeat(state(inner), inner.count("item"));
                inner.refuseOthers();
                return step;
            }
            inner = members.object("stop");
            if (inner != null) {
                Step step = new Step.Stop(inner.text("error"), inner.text("cause"));
                inner.refuseOthers();
                return step;
            }
            inner = members.object("expect");
            return inner == null ? null : new Step.Expect(expectation(inner, false));
        }

        private String state(MemberReader members) {
            String state = members.text("state");
            if (state == null || !MockReader.isState(states, state)) {
                members.problem("state", "the name of a Task state is expected");
            }
            return state == null ? "" : state;
        }

        /** @param atTheEnd where nothing is said of it, it is to have succeeded, or to have failed with the error */
        private Expectation expectation(MemberReader members, boolean atTheEnd) {
            String error = members.text("error");
            Map<String, JsonNode> calls = new LinkedHashMap<>();
            MemberReader counted = members.object("calls");
            if (counted != null) {
                for (String state : counted.names()) {
                    if (!MockReader.isState(states, state)) {
                        counted.problem(state, "there is no Task state of this name");
                    }
                    JsonNode value = Objects.requireNonNull(counted.value(state));
                    if (!value.isIntegralNumber() && !value.isArray()) {
                        counted.problem(state, "a number of calls is expected, or a list of their inputs");
                    }
                    calls.put(state, value);
                }
            }
            Expectation read = new Expectation(
                    status(members, error, atTheEnd),
                    members.value("output"),
                    members.value("outputContains"),
                    error,
                    members.text("cause"),
                    states(members, "path"),
                    states(members, "visited"),
                    states(members, "notVisited"),
                    calls,
                    members.seconds("elapsedSeconds"));
            members.refuseOthers();
            return read;
        }

        private @Nullable ExecutionStatus status(MemberReader members, @Nullable String error, boolean atTheEnd) {
            String status = members.text("status");
            if (status == null) {
                return !atTheEnd ? null : error == null ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED;
            }
            try {
                return ExecutionStatus.valueOf(status);
            } catch (IllegalArgumentException e) {
                members.problem("status", "one of " + Arrays.toString(ExecutionStatus.values()) + " is expected");
                return null;
            }
        }

        private @Nullable List<String> states(MemberReader members, String name) {
            List<String> named = members.texts(name);
            if (named != null) {
                named.stream()
                        .filter(state -> !states.containsKey(state))
                        .forEach(state -> members.problem(name, "there is no state '" + state + "'"));
            }
            return named;
        }
    }
}
