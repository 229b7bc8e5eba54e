package dev.reprise.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The text of a workflow with its tokens replaced, and what is wrong with its values.
 *
 * @param errors what keeps it from running, a line each
 * @param warnings values that nothing uses, a line each
 */
record Substituting(SubstitutedText text, List<String> errors, List<String> warnings) {

    static Substituting of(String name, WorkflowSource source, String text, Substitutions substitutions)
            throws IOException {
        return of(name, source.definition(), source.substitutions(), text, substitutions);
    }

    /**
     * The same of any file.
     *
     * @param name by which values are for it alone
     * @param besides the file that has values, which need not be there
     */
    static Substituting of(String name, Path source, Path besides, String text, Substitutions substitutions)
            throws IOException {
        SubstitutionsFile file =
                Files.isRegularFile(besides) ? SubstitutionsFile.read(besides) : SubstitutionsFile.NONE;
        Map<String, Substitution> values = new HashMap<>(file.values());
        values.putAll(substitutions.of(name));
        SubstitutedText substituted = Substituter.substitute(text, values);
        List<String> errors = new ArrayList<>(file.problems());
        if (!substituted.problems().isEmpty()) {
            errors.addAll(substitutions.problems());
        }
        for (SubstitutedText.Problem problem : substituted.problems()) {
            errors.add(source + ":" + problem.position() + ": " + problem.message() + advice(besides));
        }
        List<String> warnings = new ArrayList<>();
        List<Substitution> own = new ArrayList<>(file.values().values());
        substitutions.visit((workflow, value) -> {
            if (name.equals(workflow)) {
                own.add(value);
            }
        });
        for (Substitution value : own) {
            if (!substituted.used().contains(value.token())) {
                warnings.add(value.origin() + ": warning: nothing in " + source.getFileName() + " uses ${"
                        + value.token() + "}");
            }
        }
        return new Substituting(substituted, errors, warnings);
    }

    private static String advice(Path besides) {
        return " (give it one in " + besides.getFileName() + ", as reprise.substitutions.NAME, or in "
                + Substitutions.VARIABLE + ")";
    }
}
