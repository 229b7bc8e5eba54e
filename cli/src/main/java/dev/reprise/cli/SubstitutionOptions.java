package dev.reprise.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Values for the tokens of definitions. */
final class SubstitutionOptions {

    @Option(
            names = {"-s", "--substitution"},
            paramLabel = "NAME=VALUE",
            description = "A value for $${NAME}.")
    Map<String, String> values = new LinkedHashMap<>();
}
