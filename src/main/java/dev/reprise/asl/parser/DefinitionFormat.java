package dev.reprise.asl.parser;

/** How a definition's file is written. */
public enum DefinitionFormat {
    /** As Step Functions takes it. */
    JSON,
    /** As CloudFormation and SAM take it too: whatever JSON can say, with YAML 1.1's words for it. */
    YAML
}
