package dev.reprise.function;

import dev.reprise.asl.QueryLanguage;
import dev.reprise.journal.Journals;
import dev.reprise.query.Queries;
import dev.reprise.query.QueryLimits;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.query.jsonata.JsonataQueries;
import dev.reprise.query.jsonpath.JsonPathQueries;
import dev.reprise.statemachine.KnownWorkflows;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.task.TaskRunners;
import dev.reprise.workflow.DefinitionCheck;
import dev.reprise.workflow.Substitutions;
import dev.reprise.workflow.UnknownResources;
import dev.reprise.workflow.UnreadableItems;
import dev.reprise.workflow.WorkflowCatalogue;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The workflows of this function, and the languages that they are written in. */
@Singleton
final class WorkflowWiring {

    /**
     * The catalogue.
     *
     * @param folder {@code reprise.workflows}: where the files are; {@code workflows} beside the function's code by
     *     default
     * @param codeFolder where Lambda has put the function's code; the working directory elsewhere
     */
    @Produces
    @Singleton
    WorkflowCatalogue workflows(
            @ConfigProperty(name = "reprise.workflows", defaultValue = "workflows") Path folder,
            @ConfigProperty(name = "LAMBDA_TASK_ROOT") Optional<Path> codeFolder,
            Function<QueryLanguage, Queries> languages,
            List<DefinitionCheck> checks,
            SubstitutionMapping substitutions) {
        return new WorkflowCatalogue(
                folder(folder, codeFolder),
                new QueryExpressionChecker(),
                languages,
                checks,
                Substitutions.of(substitutions.values(), environment()));
    }

    /** As it was given: what it holds in {@code ${…}} is not for the configuration to replace. */
    private static @Nullable String environment() {
        return ConfigProvider.getConfig().getConfigValue(Substitutions.VARIABLE).getRawValue();
    }

    @Produces
    @Singleton
    Function<QueryLanguage, Queries> languages() {
        Map<QueryLanguage, Queries> languages = new EnumMap<>(QueryLanguage.class);
        languages.put(QueryLanguage.JSONPATH, new JsonPathQueries(QueryLimits.DEFAULT));
        languages.put(QueryLanguage.JSONATA, new JsonataQueries(QueryLimits.DEFAULT));
        return language -> Objects.requireNonNull(languages.get(language));
    }

    /** What definitions are checked for beside the rules of the language. */
    @Produces
    @Singleton
    List<DefinitionCheck> checks(TaskRunners tasks) {
        return List.of(new UnknownResources(tasks), new UnreadableItems());
    }

    @Produces
    @Singleton
    StateMachineTable stateMachines(Journals journals, InstantSource clock) {
        return new StateMachineTable(journals, clock);
    }

    /** Those in files, and those that were created. */
    @Produces
    @Singleton
    KnownWorkflows known(WorkflowCatalogue files, StateMachineTable created) {
        return new KnownWorkflows(files, created);
    }

    /** Where the workflows' files are. */
    static Path folder(Path configured, Optional<Path> codeFolder) {
        return codeFolder.map(code -> code.resolve(configured)).orElse(configured);
    }
}
