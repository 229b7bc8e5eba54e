package dev.reprise.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.SourcePosition;
import dev.reprise.asl.StateMachine;
import dev.reprise.asl.Suggestion;
import dev.reprise.asl.parser.DefinitionFormat;
import dev.reprise.asl.parser.SourcePositions;
import dev.reprise.asl.parser.TriggerTexts;
import dev.reprise.query.Queries;
import dev.reprise.workflow.SubstitutedFile;
import dev.reprise.workflow.WorkflowCatalogue;
import dev.reprise.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@value #NAME}, beside the workflows: which events start which of them. An array of triggers, of which the first that
 * matches counts. Thread-safe.
 */
public final class TriggerFile {

    /** The file's name. */
    public static final String NAME = "triggers.json";

    /** Values of its tokens stand under this name. */
    private static final String TRIGGERS = "triggers";

    private static final Logger LOG = Logger.getLogger(TriggerFile.class);

    /**
     * What the file says.
     *
     * @param triggers none when there is an error
     * @param errors what is wrong with it, a line each with file and place
     * @param warnings what is doubtful, in the same form
     */
    record Content(List<Trigger> triggers, List<String> errors, List<String> warnings) {

        static final Content NONE = new Content(List.of(), List.of(), List.of());

        Content {
            triggers = List.copyOf(triggers);
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }

    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private record Read(@Nullable Stamp stamp, Content content) {}

    private final Path file;
    private final boolean watched;
    private final WorkflowCatalogue workflows;
    private final ExpressionChecker expressions;
    private final Queries jsonata;
    private volatile @Nullable Read read;

    /**
     * The file in that folder, which need not be there.
     *
     * @param watched whether it is read again when it has changed
     * @param workflows those that have a file, and the values of tokens
     * @param jsonata compiles what {@code expressions} has found to be well-formed
     */
    public TriggerFile(
            Path folder, boolean watched, WorkflowCatalogue workflows, ExpressionChecker expressions, Queries jsonata) {
        this.file = folder.resolve(NAME);
        this.watched = watched;
        this.workflows = workflows;
        this.expressions = expressions;
        this.jsonata = jsonata;
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** Logs what is wrong with it, as its first use would. */
    public void check() {
        Content unused = content();
    }

    /** What keeps it from being used, a line each with file and place. */
    public List<String> errors() {
        return content().errors();
    }

    /** What is doubtful, in the same form. */
    public List<String> warnings() {
        return content().warnings();
    }

    /** What it says now. What is wrong with it is logged once. */
    Content content() {
        Read last = read;
        if (last != null && !watched) {
            return last.content();
        }
        Stamp now = stamp();
        if (last == null || !Objects.equals(now, last.stamp())) {
            last = new Read(now, now == null ? Content.NONE : load());
            read = last;
            last.content().errors().forEach(LOG::error);
            last.content().warnings().forEach(LOG::warn);
        }
        return last.content();
    }

    /** Null when there is no such file. */
    private @Nullable Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return null;
        }
    }

    private Content load() {
        try {
            return content(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Content.NONE;
        } catch (CharacterCodingException e) {
            return new Content(List.of(), List.of(file + ": is not text in UTF-8"), List.of());
        } catch (IOException e) {
            return new Content(List.of(), List.of(file + ": cannot be read: " + e), List.of());
        }
    }

    private Content content(String written) throws IOException {
        SubstitutedFile substituted = workflows.substituted(TRIGGERS, file, written);
        if (!substituted.errors().isEmpty()) {
            return new Content(List.of(), substituted.errors(), substituted.warnings());
        }
        String text = substituted.text();
        TriggerTexts.Parsed parsed = TriggerTexts.parse(text, expressions);
        List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
        List<Trigger> triggers = new ArrayList<>();
        if (parsed.triggers() != null && diagnostics.stream().noneMatch(Diagnostic::isError)) {
            parsed.triggers().forEach(trigger -> triggers.add(Trigger.of(trigger, jsonata)));
            diagnostics.addAll(unknownWorkflows(triggers));
            diagnostics.addAll(tooManyLabels(parsed.triggers()));
            if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
                triggers.clear();
            }
        }
        List<String> pointers = diagnostics.stream().map(Diagnostic::pointer).toList();
        Map<String, SourcePosition> places = SourcePositions.find(text, DefinitionFormat.JSON, pointers);
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>(substituted.warnings());
        for (Diagnostic diagnostic : diagnostics) {
            SourcePosition place = diagnostic.position() == null
                    ? places.getOrDefault(diagnostic.pointer(), SourcePosition.START)
                    : diagnostic.position();
            place = substituted.inFile().apply(place);
            (diagnostic.isError() ? errors : warnings).add(file + ":" + place + ": " + diagnostic.withoutPosition());
        }
        return new Content(triggers, errors, warnings);
    }

    /** An execution bears those of its trigger and those of its definition, which nobody sees side by side. */
    private List<Diagnostic> tooManyLabels(JsonNode triggers) {
        List<Diagnostic> tooMany = new ArrayList<>();
        for (int i = 0; i < triggers.size(); i++) {
            JsonNode trigger = triggers.path(i);
            // Most triggers have none, and then no definition need be read for them.
            Set<String> own = trigger.path("labels").isEmpty()
                    ? Set.of()
                    : definedLabels(trigger.path("workflow").asText());
            Set<String> all = new TreeSet<>(own);
            trigger.path("labels").fieldNames().forEachRemaining(all::add);
            if (all.size() > StateMachine.MOST_LABELS) {
                tooMany.add(new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        "TOO_MANY_LABELS",
                        "/" + i + "/labels",
                        "With those of the definition of '"
                                + trigger.path("workflow").asText() + "' (" + String.join(", ", own)
                                + ") an execution would bear " + all.size() + " labels, which may be "
                                + StateMachine.MOST_LABELS + " at most",
                        "keep those that somebody looks for"));
            }
        }
        return tooMany;
    }

    private Set<String> definedLabels(String workflow) {
        WorkflowFile definition = workflows.has(workflow) ? workflows.file(workflow) : null;
        JsonNode labels = definition == null || definition.workflow() == null
                ? null
                : definition.workflow().program().machine().labels();
        Set<String> names = new TreeSet<>();
        if (labels != null) {
            labels.fieldNames()
                    .forEachRemaining(
                            name -> names.add(name.endsWith(".$") ? name.substring(0, name.length() - 2) : name));
        }
        return names;
    }

    /** Only doubtful: a state machine that was created by a request may be meant. */
    private List<Diagnostic> unknownWorkflows(List<Trigger> triggers) {
        Collection<String> names = workflows.names();
        List<Diagnostic> unknown = new ArrayList<>();
        for (int i = 0; i < triggers.size(); i++) {
            String workflow = triggers.get(i).workflow();
            if (!names.contains(workflow)) {
                unknown.add(new Diagnostic(
                        Diagnostic.Severity.WARNING,
                        "UNKNOWN_WORKFLOW",
                        "/" + i + "/workflow",
                        "no file of a workflow '" + workflow + "'",
                        Suggestion.among(workflow, names)));
            }
        }
        return unknown;
    }
}
