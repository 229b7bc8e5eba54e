package dev.reprise.cli;

import dev.reprise.workflow.Workflow;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The one definition that a command is about. */
final class DefinitionFile {

    @Parameters(paramLabel = "FILE")
    Path path;

    @Mixin
    SubstitutionOptions substitutions = new SubstitutionOptions();

    /** The workflow in it, which must be valid. */
    Workflow workflow() {
        return Definitions.valid(path, substitutions.values);
    }
}
