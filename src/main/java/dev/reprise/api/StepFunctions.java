package dev.reprise.api;

import dev.reprise.execution.RequestException;
import dev.reprise.journal.store.CorruptJournalException;
import dev.reprise.journal.store.UnknownVersionException;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.UnreadableJournals;
import dev.reprise.testing.teststate.StateTester;
import dev.reprise.testing.teststate.TestStateException;
import dev.reprise.testing.teststate.TestStateRequest;

/**
 * The Step Functions API of this function. Thread-safe; a call blocks as long as its answer takes, which is up to a
 * minute for GetActivityTask.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html">AWS, Step Functions API
 *     Reference</a>
 */
public final class StepFunctions {

    private final ExecutionActions executions;
    private final StateMachineActions stateMachines;
    private final VersionActions versions;
    private final ActivityActions activities;
    private final TaskActions tasks;
    private final TagActions tags;
    private final MapRunActions mapRuns;
    private final StateTester tester;

    public StepFunctions(ApiServices services) {
        this.executions = new ExecutionActions(services, new StateMachineTargets(services));
        this.stateMachines = new StateMachineActions(services);
        this.versions = new VersionActions(services);
        this.activities = new ActivityActions(services);
        this.tasks = new TaskActions(services);
        this.tags = new TagActions(services);
        this.mapRuns = new MapRunActions(services);
        this.tester = services.tester();
    }

    /**
     * Does what is asked.
     *
     * @throws ApiException when the request is refused
     * @throws dev.reprise.journal.store.JournalException when the table is out of reach: the same may be asked again
     */
    public ApiAnswer answer(ApiRequest request, Invocation invocation) {
        try {
            return switch (request) {
                case ExecutionRequest execution -> executions.answer(execution, invocation);
                case StateMachineRequest stateMachine -> stateMachines.answer(stateMachine, invocation);
                case VersionRequest version -> versions.answer(version, invocation);
                case ActivityRequest activity -> activities.answer(activity, invocation);
                case TaskRequest task -> tasks.answer(task);
                case TagRequest tag -> tags.answer(tag);
                case MapRunRequest mapRun -> mapRuns.answer(mapRun);
                case TestState test -> test(test);
            };
        } catch (RequestException e) {
            throw ApiException.of(e.error(), e.message());
        } catch (CorruptJournalException | UnknownVersionException e) {
            RequestException refusal = UnreadableJournals.refusal(e);
            throw ApiException.of(refusal.error(), refusal.message());
        }
    }

    private ApiAnswer test(TestState test) {
        try {
            return new ApiAnswer.Read(
                    tester.test(TestStateRequest.parse(test.body())).toJson());
        } catch (TestStateException e) {
            throw switch (e.type()) {
                case SerializationException -> ApiException.unreadable(e.message());
                case InvalidDefinition, InvalidExecutionInput, ValidationException ->
                    ApiException.of(e.type().name(), e.message());
            };
        }
    }
}
