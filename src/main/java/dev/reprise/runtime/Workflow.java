package dev.reprise.runtime;

import dev.reprise.asl.DefinitionText;
import dev.reprise.core.Program;

/**
 * A workflow that can run.
 *
 * @param name as requests name it
 * @param definition its text
 * @param program the text, compiled
 */
public record Workflow(String name, DefinitionText definition, Program program) {}
