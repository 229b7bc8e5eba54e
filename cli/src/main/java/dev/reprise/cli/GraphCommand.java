package dev.reprise.cli;

import dev.reprise.graph.DotWriter;
import dev.reprise.graph.MermaidWriter;
import dev.reprise.graph.StateGraph;
import dev.reprise.graph.SvgWriter;
import dev.reprise.workflow.Workflow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws a definition. */
@Command(
        name = "graph",
        description = "Draws a definition.",
        footer = {"", "Example: reprise graph workflows/orders.asl.json --format svg > orders.svg"})
final class GraphCommand implements Callable<Integer> {

    /** What is drawn with. */
    enum Format {
        /** A state diagram of Mermaid. */
        MERMAID,
        /** For Graphviz. */
        DOT,
        /** A picture. */
        SVG
    }

    @Mixin
    DefinitionFile file = new DefinitionFile();

    @Option(names = "--format", defaultValue = "MERMAID", description = "mermaid, dot or svg.")
    Format format;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        Workflow workflow = file.workflow();
        StateGraph graph = StateGraph.of(workflow.program().machine().body());
        spec.commandLine()
                .getOut()
                .print(
                        switch (format) {
                            case MERMAID -> MermaidWriter.write(graph);
                            case DOT -> DotWriter.write(workflow.name(), graph);
                            case SVG -> SvgWriter.write(workflow.name(), graph);
                        });
        return ExitCode.OK;
    }
}
