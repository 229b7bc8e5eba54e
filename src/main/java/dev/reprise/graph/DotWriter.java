package dev.reprise.graph;

import dev.reprise.graph.StateGraph.Cause;
import dev.reprise.graph.StateGraph.Edge;
import dev.reprise.graph.StateGraph.Node;
import java.util.Locale;

/**
 * Writes a graph for Graphviz.
 *
 * @see <a href="https://graphviz.org/doc/info/lang.html">Graphviz, DOT language</a>
 */
public final class DotWriter {

    private final StringBuilder text = new StringBuilder();
    private int clusters;

    private DotWriter() {}

    /**
     * The graph's text.
     *
     * @param name of the graph, the workflow's
     */
    public static String write(String name, StateGraph graph) {
        DotWriter writer = new DotWriter();
        writer.text.append("digraph ").append(quoted(name)).append(" {\n");
        writer.text.append("    compound=true\n    node [shape=box, style=rounded, fontname=\"Helvetica\"]\n");
        writer.text.append("    edge [fontname=\"Helvetica\", fontsize=10]\n");
        writer.body(graph, "    ", "");
        return writer.text.append("}\n").toString();
    }

    private void body(StateGraph graph, String indent, String path) {
        String start = quoted(path + "\u25B8start");
        text.append(indent).append(start).append(" [shape=circle, width=0.2, label=\"\", style=filled]\n");
        text.append(indent)
                .append(start)
                .append(" -> ")
                .append(quoted(graph.startAt()))
                .append('\n');
        for (Node node : graph.nodes()) {
            text.append(indent)
                    .append(quoted(node.name()))
                    .append(" [shape=")
                    .append(shape(node))
                    .append("]\n");
            for (int i = 0; i < node.bodies().size(); i++) {
                text.append(indent)
                        .append("subgraph cluster_")
                        .append(clusters++)
                        .append(" {\n");
                text.append(indent)
                        .append("    label=")
                        .append(quoted(label(node, i)))
                        .append('\n');
                body(node.bodies().get(i), indent + "    ", node.name() + "/" + i);
                text.append(indent).append("}\n");
                text.append(indent)
                        .append(quoted(node.name()))
                        .append(" -> ")
                        .append(quoted(node.name() + "/" + i + "\u25B8start"))
                        .append(" [style=dotted]\n");
            }
        }
        for (Edge edge : graph.edges()) {
            text.append(indent).append(quoted(edge.from())).append(" -> ").append(quoted(edge.to()));
            text.append(" [label=").append(quoted(edge.label()));
            text.append(edge.cause() == Cause.CATCHER ? ", style=dashed]\n" : "]\n");
        }
    }

    private static String label(Node node, int body) {
        return node.bodies().size() == 1 ? node.name() : node.name() + " [" + body + "]";
    }

    private static String shape(Node node) {
        return switch (node.type().toLowerCase(Locale.ROOT)) {
            case "choice" -> "diamond, style=solid";
            case "succeed", "fail" -> "box, peripheries=2";
            default -> "box";
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
