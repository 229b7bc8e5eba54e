package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Resource;
import dev.reprise.asl.State;
import dev.reprise.execution.StatesError;
import dev.reprise.query.Expression;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.testing.Answer;
import dev.reprise.testing.teststate.MockedResults;
import dev.reprise.testing.teststate.TestStateRequest.FieldValidationMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads mocks, and holds their results against what services answer. */
final class MockReader {

    private static final JsonataQueries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);

    /** More items than anybody writes answers for. */
    private static final int MOST_ITEMS = 10_000;

    private final Map<String, State> states;
    private final List<String> problems;

    /** @param states those of the workflow, by name */
    MockReader(Map<String, State> states, List<String> problems) {
        this.states = states;
        this.problems = problems;
    }

    /** The mocks by the names of states, or by resources. */
    Map<String, Mock> read(@Nullable MemberReader mocks) {
        Map<String, Mock> read = new LinkedHashMap<>();
        if (mocks != null) {
            for (String subject : mocks.names()) {
                Resource resource = resourceOf(subject);
                if (resource == null) {
                    mocks.problem(
                            subject,
                            "there is no Task state of this name, and no resource. There are "
                                    + String.join(", ", subjects()));
                }
                read.put(subject, mock(mocks.value(subject), mocks.pointer(subject), resource));
            }
        }
        return read;
    }

    /** Whether that is the name of a Task state; else it is a resource's. */
    static boolean isState(Map<String, State> states, String subject) {
        return states.get(subject) instanceof State.Task;
    }

    private @Nullable Resource resourceOf(String subject) {
        if (states.get(subject) instanceof State.Task task) {
            return task.resource();
        }
        return states.values().stream()
                .filter(state -> state instanceof State.Task task
                        && task.resource().uri().equals(subject))
                .map(state -> ((State.Task) state).resource())
                .findFirst()
                .orElse(null);
    }

    private NavigableSet<String> subjects() {
        TreeSet<String> names = new TreeSet<>();
        states.values().forEach(state -> {
            if (state instanceof State.Task task) {
                names.add(task.name());
                names.add(task.resource().uri());
            }
        });
        return names;
    }

    private Mock mock(@Nullable JsonNode value, String pointer, @Nullable Resource resource) {
        if (value != null && value.isArray()) {
            return inTurn(value, pointer, false, resource);
        }
        MemberReader members = MemberReader.of(Objects.requireNonNull(value), pointer, problems);
        Mock read;
        if (members.has("inTurn")) {
            boolean repeats = members.flag("thenRepeatLast");
            read = inTurn(
                    Objects.requireNonNull(members.value("inTurn")), members.pointer("inTurn"), repeats, resource);
        } else if (members.has("items")) {
            read = items(members, resource);
        } else {
            return Mock.always(answer(members, resource));
        }
        members.refuseOthers();
        return read;
    }

    private Mock inTurn(JsonNode list, String pointer, boolean repeats, @Nullable Resource resource) {
        List<Answer> answers = new ArrayList<>();
        if (!list.isArray() || list.isEmpty()) {
            problems.add(pointer + ": a list of at least one answer is expected, not " + list);
        }
        int index = 0;
        for (JsonNode each : list) {
            answers.add(answer(MemberReader.of(each, pointer + "/" + index++, problems), resource));
        }
        return new Mock(answers, repeats, Map.of());
    }

    private Mock items(MemberReader members, @Nullable Resource resource) {
        Map<Integer, Mock> items = new TreeMap<>();
        MemberReader ranges = Objects.requireNonNull(members.object("items"));
        for (String range : ranges.names()) {
            Range numbers = Range.parse(range);
            if (numbers == null || numbers.last() - numbers.first() >= MOST_ITEMS) {
                ranges.problem(range, "an item's number is expected, or two such as \"1-3\"");
                continue;
            }
            Mock mock = mock(ranges.value(range), ranges.pointer(range), resource);
            for (int item = numbers.first(); item <= numbers.last(); item++) {
                items.put(item, mock);
            }
        }
        Mock otherwise = members.has("otherwise")
                ? mock(members.value("otherwise"), members.pointer("otherwise"), resource)
                : new Mock(List.of(), false, Map.of());
        return new Mock(otherwise.answers(), otherwise.repeatsLast(), items);
    }

    private Answer answer(MemberReader members, @Nullable Resource resource) {
        Duration delay = members.seconds("afterSeconds");
        Answer answer = undelayed(members, resource);
        members.refuseOthers();
        return delay == null ? answer : answer.after(delay);
    }

    private Answer undelayed(MemberReader members, @Nullable Resource resource) {
        JsonNode result = members.value("return");
        if (result != null) {
            check(members, result, resource);
            return new Answer.Result(result);
        }
        MemberReader thrown = members.object("throw");
        if (thrown != null) {
            String error = thrown.text("error");
            String cause = thrown.text("cause");
            thrown.refuseOthers();
            return new Answer.Failure(new StatesError(error, cause));
        }
        JsonNode template = members.value("compute");
        if (template != null) {
            return computed(members, template);
        }
        if (!members.flag("never")) {
            members.problem("an answer is expected: \"return\", \"throw\", \"compute\" or \"never\": true");
        }
        return new Answer.None();
    }

    private void check(MemberReader members, JsonNode result, @Nullable Resource resource) {
        String mode = members.text("validation");
        FieldValidationMode validation = FieldValidationMode.STRICT;
        if (mode != null) {
            try {
                validation = FieldValidationMode.valueOf(mode);
            } catch (IllegalArgumentException e) {
                members.problem("validation", "STRICT, PRESENT or NONE is expected, not '" + mode + "'");
            }
        }
        String problem = resource == null ? null : MockedResults.problemWith(resource, result, validation);
        if (problem != null) {
            members.problem(
                    "return",
                    problem + " (\"validation\": \"PRESENT\" checks only the fields that are there,"
                            + " \"NONE\" nothing)");
        }
    }

    private static Answer computed(MemberReader members, JsonNode template) {
        try {
            Expression expression = JSONATA.template(template, "compute");
            return new Answer.Computed(call -> ComputedAnswer.of(expression, call));
        } catch (IllegalArgumentException e) {
            members.problem("compute", String.valueOf(e.getMessage()));
            return new Answer.None();
        }
    }
}
