package dev.reprise.cli.dev;

import dev.reprise.api.ApiServices;
import dev.reprise.api.RealTaskCalls;
import dev.reprise.api.StepFunctions;
import dev.reprise.api.http.StepFunctionsEndpoint;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.console.Bundle;
import dev.reprise.console.Changes;
import dev.reprise.console.ConsoleApi;
import dev.reprise.console.ConsoleEndpoint;
import dev.reprise.console.ExecutionFacts;
import dev.reprise.console.TaskLogs;
import dev.reprise.console.WorkflowFiles;
import dev.reprise.core.InterpreterLimits;
import dev.reprise.dataset.FolderObjects;
import dev.reprise.http.HttpCall;
import dev.reprise.http.HttpEndpoint;
import dev.reprise.journal.Journals;
import dev.reprise.lambda.RequestHandler;
import dev.reprise.local.EventEndpoint;
import dev.reprise.local.Events;
import dev.reprise.local.HomePage;
import dev.reprise.local.JoinedExecutions;
import dev.reprise.local.LambdaEndpoint;
import dev.reprise.local.Link;
import dev.reprise.local.LocalStartup;
import dev.reprise.local.LocalWakeUps;
import dev.reprise.local.RunsOfThisProcess;
import dev.reprise.local.TaskFailureLog;
import dev.reprise.local.server.Route;
import dev.reprise.local.server.Routes;
import dev.reprise.operations.Background;
import dev.reprise.operations.ExecutionServices;
import dev.reprise.operations.Executions;
import dev.reprise.operations.Invocation;
import dev.reprise.operations.JournalInsight;
import dev.reprise.operations.JournaledExecutions;
import dev.reprise.operations.SweepSettings;
import dev.reprise.operations.Sweeper;
import dev.reprise.operations.TaskCallbacks;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.runtime.MapData;
import dev.reprise.runtime.RunnerSettings;
import dev.reprise.runtime.Time;
import dev.reprise.statemachine.Activities;
import dev.reprise.statemachine.ClientTokens;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.statemachine.Tags;
import dev.reprise.task.InProcessTasks;
import dev.reprise.task.MappedTasks;
import dev.reprise.task.MappingFile;
import dev.reprise.task.TaskRunners;
import dev.reprise.task.TaskSource;
import dev.reprise.task.TaskThreads;
import dev.reprise.testing.BeanTasks;
import dev.reprise.testing.teststate.StateTester;
import dev.reprise.trigger.TriggerFile;
import dev.reprise.trigger.Triggers;
import dev.reprise.workflow.DefinitionCheck;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.UnreadableItems;
import dev.reprise.workflow.WorkflowCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.SimpleFormatter;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All parts of a function that answers on this machine, made of one another. */
final class LocalFunction implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("reprise");

    /** As dev mode has it: somebody waits for a stop to be heard. */
    private static final RunnerSettings RUNNER = new RunnerSettings(
            256, Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(1), 10);

    private static final InterpreterLimits LIMITS = InterpreterLimits.DEFAULT;

    /** Further tasks that block queue. */
    private static final int MOST_TASK_THREADS = 200;

    private final RandomGenerator random;
    private final Clock clock = Clock.systemUTC();
    private final LocalOptions options;
    private final ExecutorService taskThreads = taskThreads();
    private final ExecutorService behind = Executors.newThreadPerTaskExecutor(daemons("execution-"));
    private final LocalAws aws;
    private final TaskRunners tasks;
    private final Changes changes = new Changes();
    private final TaskLogs logs = new TaskLogs();
    private final Handler logged = logs.handler(new SimpleFormatter());
    private final WorkflowCatalogue workflows;
    private final List<DefinitionCheck> checks;
    private final MappingFile mapping;
    private final TaskThreads threads = new TaskThreads(taskThreads);

    /** What needs the store; null before {@link #open}. */
    private @Nullable Opened opened;

    /** @param startup what is to be done and said when it starts */
    private record Opened(OpenStore store, TaskCallbacks callbacks, LocalWakeUps wakeUps, LocalStartup startup)
            implements AutoCloseable {

        @Override
        public void close() {
            wakeUps.close();
            store.close();
        }
    }

    /** Makes what needs no store. */
    LocalFunction(LocalOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
        mapping = MappingFile.watched(options.workflows());
        InProcessTasks methods = options.taskObjects().isEmpty()
                ? new InProcessTasks(Map.of())
                : BeanTasks.of(options.taskObjects(), threads);
        MappedTasks mapped = new MappedTasks(Map.of(), mapping, methods);
        aws = new LocalAws(options.realAws(), System.getenv(), threads, mapped, LIMITS.payloadBytes(), clock);
        List<TaskSource> sources = new ArrayList<>(List.of(methods, mapped));
        sources.addAll(aws.sources());
        if (!options.mocks().isEmpty()) {
            sources = List.of(new MockedTasks(
                    new WatchedMocks(options.mocks(), options.workflows(), options.substitutions()),
                    sources,
                    () -> opened().callbacks()));
        }
        checks = List.of(ProjectTasks.check(new TaskRunners(sources)), new UnreadableItems());
        List<TaskSource> all = new ArrayList<>(sources);
        all.add(new ProjectTasks());
        tasks = new TaskRunners(all, new TaskFailureLog(LOG::warn));
        workflows = new WorkflowCatalogue(
                options.workflows(),
                new QueryExpressionChecker(),
                Languages::of,
                checks,
                Substitutions.of(options.substitutions(), System.getenv(Substitutions.VARIABLE)));
    }

    private static final class Languages {
        static final Queries JSONPATH = new JsonPathQueries(QueryLimits.DEFAULT);
        static final Queries JSONATA = new JsonataQueries(QueryLimits.DEFAULT);

        static Queries of(QueryLanguage language) {
            return switch (language) {
                case JSONPATH -> JSONPATH;
                case JSONATA -> JSONATA;
            };
        }
    }

    private static ExecutorService taskThreads() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                MOST_TASK_THREADS,
                MOST_TASK_THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemons("task-"));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Platform threads: a loop without end would keep a virtual thread's carrier, of which there are few. */
    private static ThreadFactory daemons(String name) {
        return Thread.ofPlatform().daemon().name(name, 1).factory();
    }

    /** The workflows, as they are whenever somebody asks. */
    WorkflowCatalogue workflows() {
        return workflows;
    }

    /**
     * Makes what needs the store, and goes on with what waited in it. The store is closed with this.
     *
     * @return what answers requests from now on
     */
    HttpEndpoint open(OpenStore store) {
        Journals journals = new Journals(store.store(), clock, random);
        JournaledExecutions[] made = new JournaledExecutions[1];
        LocalWakeUps wakeUps = new LocalWakeUps(() -> made[0], journals, clock);
        StateMachineTable created = new StateMachineTable(journals, clock);
        KnownWorkflows known = new KnownWorkflows(workflows, created);
        RunsOfThisProcess runs = new RunsOfThisProcess();
        ExecutionServices services = new ExecutionServices(
                known,
                journals,
                tasks,
                new MapData(new FolderObjects(options.objects()), threads),
                threads,
                wakeUps,
                LIMITS,
                RUNNER,
                () -> mapping.mapping().workflows(),
                List.of(runs, changes),
                Time.of(clock));
        JournaledExecutions executions = new JournaledExecutions(services);
        made[0] = executions;
        TaskCallbacks callbacks = new TaskCallbacks(journals, wakeUps, clock);
        Sweeper sweeper = new Sweeper(journals, wakeUps, SweepSettings.DEFAULT, clock);
        StepFunctionsEndpoint api = api(executions, callbacks, known, created, journals);
        HttpEndpoint endpoint = routes(
                new JoinedExecutions(executions, runs), callbacks, sweeper, known, api, console(executions, services));
        LocalStartup startup = new LocalStartup(store::makeTable, workflows, wakeUps, sweeper);
        opened = new Opened(store, callbacks, wakeUps, startup);
        startup.begin();
        return endpoint;
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("The store is not open yet");
        }
        return now;
    }

    private StepFunctionsEndpoint api(
            JournaledExecutions executions,
            TaskCallbacks callbacks,
            KnownWorkflows known,
            StateMachineTable created,
            Journals journals) {
        Function<QueryLanguage, Queries> languages = Languages::of;
        return new StepFunctionsEndpoint(
                new StepFunctions(new ApiServices(
                        executions,
                        executions,
                        callbacks,
                        workflows,
                        known,
                        created,
                        new Activities(journals.documents()),
                        new Tags(journals.documents()),
                        new ClientTokens(journals.documents()),
                        new StateTester(languages, new RealTaskCalls(tasks), clock, LIMITS),
                        LIMITS,
                        new Background.InProcess(behind),
                        checks,
                        clock,
                        random)),
                Invocation::ofThisProcess);
    }

    private ConsoleApi console(JournaledExecutions executions, ExecutionServices services) {
        java.util.logging.Logger.getLogger("").addHandler(logged);
        return new ConsoleApi(
                changes,
                new WorkflowFiles(workflows),
                executions::cost,
                new ExecutionFacts(new JournalInsight(services), logs));
    }

    private Routes routes(
            Executions executions,
            TaskCallbacks callbacks,
            Sweeper sweeper,
            KnownWorkflows known,
            StepFunctionsEndpoint api,
            ConsoleApi console) {
        TriggerFile triggers =
                new TriggerFile(options.workflows(), true, workflows, new QueryExpressionChecker(), Languages.JSONATA);
        RequestHandler handler = new RequestHandler(
                executions,
                workflows,
                callbacks,
                sweeper,
                new Triggers(triggers, known, executions, null, clock),
                invocation -> api,
                clock);
        Events events = handler::carryOut;
        HttpEndpoint asked = new EventEndpoint(events, options.store()::trouble);
        List<Link> links = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        Bundle bundle = options.console() == null ? null : Bundle.read(options.console());
        if (bundle != null) {
            links.add(new Link(ConsoleEndpoint.PATH, "the console: executions, their graphs and timelines"));
            routes.add(Route.below(ConsoleEndpoint.PATH, new ConsoleEndpoint(bundle, console)));
        }
        HttpEndpoint home = new HomePage(workflows, links);
        routes.add(Route.ofService("AWSStepFunctions", api));
        routes.add(LambdaEndpoint.route(events, behind));
        routes.add(Route.at("/", call -> (isEvent(call) ? asked : home).answer(call)));
        return new Routes(routes);
    }

    private static boolean isEvent(HttpCall call) {
        return call.method().equals("POST");
    }

    /**
     * What tells its user how to use it, once it is open.
     *
     * @param port where it is served
     */
    String banner(int port) {
        return opened().startup().banner(port, port);
    }

    /** Interrupts what runs, and waits a little until it has come to rest. What is not finished goes on later. */
    @Override
    public void close() {
        java.util.logging.Logger.getLogger("").removeHandler(logged);
        changes.close();
        behind.shutdownNow();
        Opened now = opened;
        if (now != null) {
            now.close();
        }
        taskThreads.shutdownNow();
        aws.close();
    }
}
