package dev.reprise.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.parser.Definitions;
import dev.reprise.asl.parser.ParsedDefinition;
import dev.reprise.asl.parser.StepFunctionsDiagnostics;
import dev.reprise.operations.Invocation;
import dev.reprise.query.check.QueryExpressionChecker;
import dev.reprise.statemachine.CreatedStateMachine;
import dev.reprise.statemachine.PublishedVersion;
import dev.reprise.statemachine.Revision;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.workflow.WorkflowFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked about state machines. Thread-safe. */
final class StateMachineActions {

    private final ApiServices services;
    private final StateMachineTable created;
    private final StateMachineViews views;

    StateMachineActions(ApiServices services) {
        this.services = services;
        this.created = services.created();
        this.views = new StateMachineViews(services);
    }

    ApiAnswer answer(StateMachineRequest request, Invocation invocation) {
        return switch (request) {
            case StateMachineRequest.CreateStateMachine create -> create(create, Identities.of(invocation));
            case StateMachineRequest.UpdateStateMachine update -> update(update, Identities.of(invocation));
            case StateMachineRequest.DeleteStateMachine(String arn) -> delete(arn);
            case StateMachineRequest.DescribeStateMachine(String arn, boolean withData) ->
                views.describe(arn, withData, invocation);
            case StateMachineRequest.ListStateMachines(Paging paging) -> list(paging, Identities.of(invocation));
            case StateMachineRequest.ValidateStateMachineDefinition validate -> validate(validate);
        };
    }

    // ---- create

    private ApiAnswer create(StateMachineRequest.CreateStateMachine create, Identities identities) {
        if (!Identities.isName(create.name())) {
            throw ApiException.invalidName(create.name());
        }
        requireDescribesAVersion(create.versionDescription(), create.publish());
        requireValid(create.definition(), create.express());
        String arn = identities.stateMachine(create.name());
        TagActions.requireFew(create.tags(), arn);
        if (services.files().has(create.name())) {
            throw alreadyExists(arn);
        }
        Instant now = now();
        Revision first = new Revision(
                null,
                created.keep(create.definition()),
                create.roleArn(),
                create.loggingConfiguration(),
                create.tracingConfiguration(),
                create.encryptionConfiguration());
        CreatedStateMachine machine = new CreatedStateMachine(
                create.name(),
                create.express(),
                first,
                now,
                now,
                create.publish() ? new CreatedStateMachine.FirstVersion(create.versionDescription()) : null,
                0,
                null);
        CreatedStateMachine existing = created.create(machine);
        if (existing != null && !isSame(existing, machine)) {
            throw alreadyExists(arn);
        }
        if (!create.tags().isEmpty()) {
            services.tags().begin(TagActions.stateMachine(create.name()), create.tags());
        }
        return new StateMachineAnswer.Created(
                arn,
                existing == null ? now : existing.createdAt(),
                create.publish() ? firstVersion(create, identities) : null);
    }

    /** Tags and the role do not count. */
    private static boolean isSame(CreatedStateMachine existing, CreatedStateMachine wanted) {
        Revision there = existing.current();
        Revision here = wanted.current();
        return existing.express() == wanted.express()
                && Objects.equals(existing.firstVersion(), wanted.firstVersion())
                && new Revision(
                                null,
                                there.definition(),
                                here.roleArn(),
                                there.logging(),
                                there.tracing(),
                                there.encryption())
                        .isSameAs(here);
    }

    private String firstVersion(StateMachineRequest.CreateStateMachine create, Identities identities) {
        PublishedVersion version = created.publish(
                create.name(),
                machine -> requireThere(machine, identities.stateMachine(create.name())),
                create.versionDescription());
        return identities.qualified(create.name(), Long.toString(version.number()));
    }

    private static ApiException alreadyExists(String arn) {
        return ApiException.of("StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
    }

    static CreatedStateMachine requireThere(@Nullable CreatedStateMachine machine, String arn) {
        if (machine == null) {
            throw StateMachineTargets.doesNotExist(arn);
        }
        return machine;
    }

    private static void requireDescribesAVersion(@Nullable String description, boolean publish) {
        if (description != null && !publish) {
            throw ApiException.refused(
                    "MISSING_REQUIRED_PARAMETER", "Version description can only be set when publish is true");
        }
    }

    // ---- update

    private ApiAnswer update(StateMachineRequest.UpdateStateMachine update, Identities identities) {
        String arn = update.stateMachineArn();
        ApiArn.StateMachine target = ApiArn.unlabelled(arn);
        requireUnqualified(target, arn);
        requireNoFile(target.name(), "changed");
        if (update.definition() == null
                && update.roleArn() == null
                && update.loggingConfiguration() == null
                && update.tracingConfiguration() == null
                && update.encryptionConfiguration() == null
                && !update.publish()) {
            throw ApiException.of(
                    "MissingRequiredParameter",
                    "Either the definition, the role ARN, the LoggingConfiguration, the TracingConfiguration or the"
                            + " EncryptionConfiguration must be specified");
        }
        requireDescribesAVersion(update.versionDescription(), update.publish());
        CreatedStateMachine before = requireThere(created.find(target.name()), arn);
        if (update.definition() != null) {
            requireValid(update.definition(), before.express());
        }
        String definition = update.definition() == null ? null : created.keep(update.definition());
        String id = UUID.randomUUID().toString();
        Instant now = now();
        CreatedStateMachine after = created.change(target.name(), machine -> {
            CreatedStateMachine there = requireThere(machine, arn);
            return changed(there, updated(there.current(), update, definition), id, now);
        });
        String version = null;
        if (update.publish()) {
            version = identities.qualified(
                    target.name(),
                    Long.toString(created.publish(
                                    target.name(), machine -> requireThere(machine, arn), update.versionDescription())
                            .number()));
        }
        return new StateMachineAnswer.Updated(
                after.updatedAt(), Objects.requireNonNullElse(after.current().id(), "INITIAL"), version);
    }

    /** What is asked for may be there already: then it is no revision of its own. */
    private static CreatedStateMachine changed(CreatedStateMachine machine, Revision revision, String id, Instant now) {
        return revision.isSameAs(machine.current()) ? machine : machine.updated(revision.withId(id), now);
    }

    private static Revision updated(
            Revision current, StateMachineRequest.UpdateStateMachine update, @Nullable String definition) {
        return new Revision(
                null,
                definition == null ? current.definition() : definition,
                Objects.requireNonNullElse(update.roleArn(), current.roleArn()),
                or(update.loggingConfiguration(), current.logging()),
                or(update.tracingConfiguration(), current.tracing()),
                or(update.encryptionConfiguration(), current.encryption()));
    }

    private static @Nullable JsonNode or(@Nullable JsonNode given, @Nullable JsonNode otherwise) {
        return given == null ? otherwise : given;
    }

    private void requireNoFile(String name, String what) {
        WorkflowFile file = services.files().file(name);
        if (file != null) {
            throw ApiException.of(
                    "ConflictException",
                    "The state machine '" + name + "' is the file " + file.path()
                            + ", and cannot be " + what + " by a request. Edit or delete the file: the next execution"
                            + " takes it as it is then");
        }
    }

    static void requireUnqualified(ApiArn.StateMachine arn, String text) {
        if (arn.qualifier() != null) {
            throw ApiException.invalidArn("This operation takes no version and no alias: " + text);
        }
    }

    // ---- delete

    private ApiAnswer delete(String text) {
        ApiArn.StateMachine arn = ApiArn.unlabelled(text);
        requireUnqualified(arn, text);
        requireNoFile(arn.name(), "deleted");
        services.tags().delete(TagActions.stateMachine(arn.name()));
        created.delete(arn.name());
        return new ApiAnswer.Done();
    }

    // ---- list

    private ApiAnswer list(Paging paging, Identities identities) {
        String after = NameToken.read(paging.nextToken());
        int limit = paging.maxResults();
        List<StateMachineAnswer.Item> found = new ArrayList<>();
        for (String name : services.files().names().tailSet(after, false)) {
            WorkflowFile file = found.size() > limit ? null : services.files().file(name);
            if (file != null) {
                found.add(new StateMachineAnswer.Item(
                        identities.stateMachine(name),
                        name,
                        file.workflow() != null && file.workflow().express(),
                        StateMachineViews.changed(file.path())));
            }
        }
        created.list(after, limit + 1).stream()
                .filter(machine -> !services.files().has(machine.name()))
                .forEach(machine -> found.add(new StateMachineAnswer.Item(
                        identities.stateMachine(machine.name()),
                        machine.name(),
                        machine.express(),
                        machine.createdAt())));
        found.sort(Comparator.comparing(StateMachineAnswer.Item::name));
        boolean more = found.size() > limit;
        return new StateMachineAnswer.Listed(
                more ? found.subList(0, limit) : found,
                more ? NameToken.write(found.get(limit - 1).name()) : null);
    }

    // ---- definitions

    private ApiAnswer validate(StateMachineRequest.ValidateStateMachineDefinition validate) {
        return new ApiAnswer.Read(StepFunctionsDiagnostics.validation(
                parsed(validate.definition(), validate.express()).diagnostics(),
                validate.severity(),
                validate.maxResults()));
    }

    private static ParsedDefinition parsed(String definition, boolean express) {
        return Definitions.parse(
                "definition",
                definition,
                new QueryExpressionChecker(),
                express ? ExecutionType.EXPRESS : ExecutionType.STANDARD);
    }

    private void requireValid(String definition, boolean express) {
        ParsedDefinition parsed = parsed(definition, express);
        List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
        StateMachine machine = parsed.machine();
        if (machine != null) {
            services.checks().forEach(check -> diagnostics.addAll(check.check(machine)));
        }
        if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
            throw ApiException.of("InvalidDefinition", StepFunctionsDiagnostics.invalidDefinition(diagnostics));
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(services.clock().millis());
    }
}
