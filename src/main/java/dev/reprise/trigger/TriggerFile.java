package dev.reprise.trigger;

import dev.reprise.asl.Diagnostic;
import dev.reprise.asl.ExpressionChecker;
import dev.reprise.asl.SourcePosition;
import dev.reprise.asl.Suggestion;
import dev.reprise.asl.parser.DefinitionFormat;
import dev.reprise.asl.parser.SourcePositions;
import dev.reprise.asl.parser.TriggerTexts;
import dev.reprise.query.Queries;
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
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@value #NAME}, beside the workflows: which events start which of them. An array of triggers, of which the first that
 * matches counts. Thread-safe.
 */
public final class TriggerFile {

    /** The file's name. */
    public static final String NAME = "triggers.json";

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
    private final Supplier<? extends Collection<String>> workflows;
    private final ExpressionChecker expressions;
    private final Queries jsonata;
    private volatile @Nullable Read read;

    /**
     * The file in that folder, which need not be there.
     *
     * @param watched whether it is read again when it has changed
     * @param workflows names of those that have a file
     * @param jsonata compiles what {@code expressions} has found to be well-formed
     */
    public TriggerFile(
            Path folder,
            boolean watched,
            Supplier<? extends Collection<String>> workflows,
            ExpressionChecker expressions,
            Queries jsonata) {
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

    private Content content(String text) {
        TriggerTexts.Parsed parsed = TriggerTexts.parse(text, expressions);
        List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
        List<Trigger> triggers = new ArrayList<>();
        if (parsed.triggers() != null && diagnostics.stream().noneMatch(Diagnostic::isError)) {
            parsed.triggers().forEach(trigger -> triggers.add(Trigger.of(trigger, jsonata)));
            diagnostics.addAll(unknownWorkflows(triggers));
        }
        List<String> pointers = diagnostics.stream().map(Diagnostic::pointer).toList();
        Map<String, SourcePosition> places = SourcePositions.find(text, DefinitionFormat.JSON, pointers);
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics) {
            SourcePosition place = diagnostic.position() == null
                    ? places.getOrDefault(diagnostic.pointer(), SourcePosition.START)
                    : diagnostic.position();
            (diagnostic.isError() ? errors : warnings).add(file + ":" + place + ": " + diagnostic.withoutPosition());
        }
        return new Content(triggers, errors, warnings);
    }

    /** Only doubtful: a state machine that was created by a request may be meant. */
    private List<Diagnostic> unknownWorkflows(List<Trigger> triggers) {
        Collection<String> names = workflows.get();
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
