package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.testing.WorkflowTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mocks in files, for a run that is no test. */
public final class MockFiles {

    private MockFiles() {}

    /**
     * Says to a test what a file says: a {@code NAME.test.json}, a {@code MockConfigFile.json} of Step Functions Local,
     * or a file that holds nothing but mocks, as the member {@code mocks} of a test does.
     *
     * @param name the case; null for the first of a file of tests, and the only one of a configuration
     * @throws TestFileException when the file is not valid, or has no such case
     */
    public static void apply(Path file, @Nullable String name, WorkflowTest test) {
        apply(mocks(file, name, test), test);
    }

    static void apply(Map<String, Mock> mocks, WorkflowTest test) {
        mocks.forEach((subject, mock) -> mock.applyTo(
                MockReader.isState(test.states(), subject) ? test.state(subject) : test.resource(subject)));
    }

    private static Map<String, Mock> mocks(Path file, @Nullable String name, WorkflowTest test) {
        JsonNode root = TestFile.read(file);
        if (root.has("StateMachines")) {
            MockConfigFile config = MockConfigFile.read(file);
            List<String> cases = config.cases(test.name());
            if (name == null && cases.size() != 1) {
                throw new TestFileException(
                        List.of(file + ": say which case is meant, as " + file + "#CASE: " + String.join(", ", cases)));
            }
            return config.mocks(test.name(), name == null ? cases.get(0) : name);
        }
        if (root.has("cases")) {
            List<TestCase> cases = new TestFile(file, test.states()).cases();
            return cases.stream()
                    .filter(each -> name == null || each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new TestFileException(List.of(file + ": there is no case '" + name
                            + "'. There are: "
                            + String.join(
                                    ", ", cases.stream().map(TestCase::name).toList()))))
                    .mocks();
        }
        List<String> problems = new ArrayList<>();
        Map<String, Mock> mocks = new MockReader(test.states(), problems).read(MemberReader.of(root, "", problems));
        if (!problems.isEmpty()) {
            throw new TestFileException(
                    problems.stream().map(problem -> file + ": " + problem).toList());
        }
        return mocks;
    }
}
