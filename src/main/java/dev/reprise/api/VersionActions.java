package dev.reprise.api;

import dev.reprise.journal.store.Page;
import dev.reprise.operations.Invocation;
import dev.reprise.statemachine.Alias;
import dev.reprise.statemachine.CreatedStateMachine;
import dev.reprise.statemachine.PublishedVersion;
import dev.reprise.statemachine.StateMachineTable;
import dev.reprise.statemachine.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be asked about versions and aliases. Thread-safe. */
final class VersionActions {

    private static final int MOST_ALIASES = 100;
    private static final int MOST_VERSIONS = 1_000;

    private final ApiServices services;
    private final StateMachineTable created;
    private final Versions versions;

    VersionActions(ApiServices services) {
        this.services = services;
        this.created = services.created();
        this.versions = services.created().versions();
    }

    ApiAnswer answer(VersionRequest request, Invocation invocation) {
        Identities identities = Identities.of(invocation);
        return switch (request) {
            case VersionRequest.PublishStateMachineVersion publish -> publish(publish, identities);
            case VersionRequest.DeleteStateMachineVersion(String arn) -> deleteVersion(arn);
            case VersionRequest.ListStateMachineVersions(String arn, Paging paging) ->
                listVersions(arn, paging, identities);
            case VersionRequest.CreateStateMachineAlias create -> createAlias(create, identities);
            case VersionRequest.UpdateStateMachineAlias update -> updateAlias(update);
            case VersionRequest.DeleteStateMachineAlias(String arn) -> deleteAlias(arn);
            case VersionRequest.DescribeStateMachineAlias(String arn) -> describeAlias(arn, identities);
            case VersionRequest.ListStateMachineAliases(String arn, Paging paging) ->
                listAliases(arn, paging, identities);
        };
    }

    // ---- versions

    private ApiAnswer publish(VersionRequest.PublishStateMachineVersion publish, Identities identities) {
        String text = publish.stateMachineArn();
        ApiArn.StateMachine arn = ApiArn.unlabelled(text);
        StateMachineActions.requireUnqualified(arn, text);
        PublishedVersion version = created.publish(
                arn.name(), machine -> check(machine, publish.revisionId(), text), publish.description());
        return new StateMachineAnswer.Published(qualified(version, identities));
    }

    private CreatedStateMachine check(@Nullable CreatedStateMachine machine, @Nullable String revisionId, String arn) {
        CreatedStateMachine there = StateMachineActions.requireThere(machine, arn);
        String current = Objects.requireNonNullElse(there.current().id(), "INITIAL");
        if (revisionId != null && !revisionId.equals(current)) {
            throw ApiException.of(
                    "ConflictException",
                    "Failed to publish the State Machine version for revision " + revisionId
                            + ". The current State Machine revision is " + current + ".");
        }
        // They are counted only where there can be so many.
        if (!there.isPublished()
                && there.lastVersion() >= MOST_VERSIONS
                && versions.count(there.name()) >= MOST_VERSIONS) {
            throw ApiException.of(
                    "ServiceQuotaExceededException", "A state machine has at most " + MOST_VERSIONS + " versions");
        }
        return there;
    }

    private static StateMachineAnswer.Qualified qualified(PublishedVersion version, Identities identities) {
        return new StateMachineAnswer.Qualified(
                identities.qualified(version.machine(), Long.toString(version.number())), version.createdAt());
    }

    private ApiAnswer deleteVersion(String text) {
        ApiArn.StateMachine arn = version(text);
        List<String> aliases = versions.aliases(arn.name()).stream()
                .filter(alias -> alias.leadsTo(arn.version()))
                .map(Alias::name)
                .toList();
        if (!aliases.isEmpty()) {
            throw ApiException.of(
                    "ConflictException",
                    "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this"
                            + " version: " + aliases);
        }
        versions.deleteVersion(arn.name(), arn.version());
        return new ApiAnswer.Done();
    }

    private static ApiArn.StateMachine version(String text) {
        ApiArn.StateMachine arn = ApiArn.unlabelled(text);
        if (!arn.isVersion()) {
            throw ApiException.invalidArn("Invalid ARN: " + text);
        }
        return arn;
    }

    private ApiAnswer listVersions(String text, Paging paging, Identities identities) {
        ApiArn.StateMachine arn = ApiArn.unlabelled(text);
        StateMachineActions.requireUnqualified(arn, text);
        String token = NameToken.read(paging.nextToken());
        Page<PublishedVersion> page;
        try {
            page = versions.versions(arn.name(), token.isEmpty() ? null : Long.valueOf(token), paging.maxResults());
        } catch (NumberFormatException e) {
            throw ApiException.invalidToken();
        }
        return new StateMachineAnswer.Versions(
                page.items().stream()
                        .map(version -> qualified(version, identities))
                        .toList(),
                page.next() == null ? null : NameToken.write(page.next()));
    }

    // ---- aliases

    private ApiAnswer createAlias(VersionRequest.CreateStateMachineAlias create, Identities identities) {
        String machine = null;
        for (VersionRequest.Route route : create.routes()) {
            machine = version(route.stateMachineVersionArn()).name();
        }
        String name = Objects.requireNonNull(machine);
        List<Alias.Route> routes = routes(name, create.routes());
        if (versions.aliases(name).size() >= MOST_ALIASES) {
            throw ApiException.of(
                    "ServiceQuotaExceededException", "A state machine has at most " + MOST_ALIASES + " aliases");
        }
        Alias alias = new Alias(name, create.name(), routes, create.description(), now(), now());
        Alias existing = versions.create(alias);
        if (existing != null
                && !(existing.routes().equals(routes)
                        && Objects.equals(existing.description(), create.description()))) {
            throw ApiException.of(
                    "ConflictException",
                    "Failed to create alias because an alias with the same name and a different routing configuration"
                            + " already exists.");
        }
        Alias there = existing == null ? alias : existing;
        return new StateMachineAnswer.AliasCreated(qualified(there, identities));
    }

    private static StateMachineAnswer.Qualified qualified(Alias alias, Identities identities) {
        return new StateMachineAnswer.Qualified(identities.qualified(alias.machine(), alias.name()), alias.createdAt());
    }

    private List<Alias.Route> routes(String machine, List<VersionRequest.Route> given) {
        List<Alias.Route> routes = new ArrayList<>();
        for (VersionRequest.Route route : given) {
            ApiArn.StateMachine arn = version(route.stateMachineVersionArn());
            if (!arn.name().equals(machine)) {
                throw routing("All versions of an alias must be of the same state machine");
            }
            if (routes.stream().anyMatch(other -> other.version() == arn.version())) {
                throw routing("The versions of an alias must differ");
            }
            if (versions.version(machine, arn.version()) == null) {
                throw ApiException.notFound(route.stateMachineVersionArn());
            }
            routes.add(new Alias.Route(arn.version(), route.weight()));
        }
        if (routes.stream().mapToInt(Alias.Route::weight).sum() != Alias.ALL) {
            throw routing("Sum of routing configuration weights must equal 100. Received: "
                    + routes.stream().map(Alias.Route::weight).toList());
        }
        return routes;
    }

    private static ApiException routing(String message) {
        return ApiException.refused("INVALID_ROUTING_CONFIGURATION", message);
    }

    private ApiAnswer updateAlias(VersionRequest.UpdateStateMachineAlias update) {
        String text = update.stateMachineAliasArn();
        ApiArn.StateMachine arn = alias(text);
        if (update.routes() == null && update.description() == null) {
            throw ApiException.refused(
                    "MISSING_REQUIRED_PARAMETER", "Either the description or the routingConfiguration must be given");
        }
        List<Alias.Route> routes = update.routes() == null ? null : routes(arn.name(), update.routes());
        Instant now = now();
        Alias updated = versions.update(
                arn.name(),
                String.valueOf(arn.qualifier()),
                alias -> new Alias(
                        alias.machine(),
                        alias.name(),
                        routes == null ? alias.routes() : routes,
                        update.description() == null ? alias.description() : update.description(),
                        alias.createdAt(),
                        now));
        if (updated == null) {
            throw ApiException.notFound(text);
        }
        return new StateMachineAnswer.Updated(updated.updatedAt(), null, null);
    }

    private static ApiArn.StateMachine alias(String text) {
        ApiArn.StateMachine arn = ApiArn.unlabelled(text);
        if (arn.qualifier() == null || arn.isVersion()) {
            throw ApiException.invalidArn("Invalid ARN: " + text);
        }
        return arn;
    }

    private ApiAnswer deleteAlias(String text) {
        ApiArn.StateMachine arn = alias(text);
        if (versions.alias(arn.name(), String.valueOf(arn.qualifier())) == null) {
            throw ApiException.notFound(text);
        }
        versions.deleteAlias(arn.name(), String.valueOf(arn.qualifier()));
        return new ApiAnswer.Done();
    }

    private ApiAnswer describeAlias(String text, Identities identities) {
        ApiArn.StateMachine arn = alias(text);
        Alias alias = versions.alias(arn.name(), String.valueOf(arn.qualifier()));
        if (alias == null) {
            throw ApiException.notFound(text);
        }
        return new StateMachineAnswer.AliasDescribed(
                identities.qualified(alias.machine(), alias.name()),
                alias.name(),
                alias.description(),
                alias.routes().stream()
                        .map(route -> new VersionRequest.Route(
                                identities.qualified(alias.machine(), Long.toString(route.version())), route.weight()))
                        .toList(),
                alias.createdAt(),
                alias.updatedAt());
    }

    private ApiAnswer listAliases(String text, Paging paging, Identities identities) {
        ApiArn.StateMachine arn = ApiArn.unlabelled(text);
        if (!services.files().has(arn.name())) {
            StateMachineActions.requireThere(created.find(arn.name()), text);
        }
        List<Alias> all = versions.aliases(arn.name()).stream()
                .filter(alias ->
                        arn.qualifier() == null || alias.leadsTo(version(text).version()))
                .toList();
        String after = NameToken.read(paging.nextToken());
        List<Alias> left =
                after.isEmpty() ? all : all.stream().filter(follows(after)).toList();
        boolean more = left.size() > paging.maxResults();
        List<Alias> page = more ? left.subList(0, paging.maxResults()) : left;
        return new StateMachineAnswer.Aliases(
                page.stream().map(alias -> qualified(alias, identities)).toList(),
                more ? NameToken.write(place(page.getLast())) : null);
    }

    /** Where an alias stands in the list, which is there to go on from when the alias has been deleted. */
    private static String place(Alias alias) {
        return alias.createdAt().toEpochMilli() + "/" + alias.name();
    }

    private static Predicate<Alias> follows(String place) {
        int slash = place.indexOf('/');
        try {
            Instant createdAt = Instant.ofEpochMilli(Long.parseLong(place, 0, Math.max(0, slash), 10));
            String name = place.substring(slash + 1);
            return alias -> alias.createdAt().isBefore(createdAt)
                    || (alias.createdAt().equals(createdAt) && alias.name().compareTo(name) > 0);
        } catch (NumberFormatException e) {
            throw ApiException.invalidToken();
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(services.clock().millis());
    }
}
