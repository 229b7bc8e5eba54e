package dev.reprise.graph;

import dev.reprise.graph.StateGraph.Edge;
import dev.reprise.graph.StateGraph.Node;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a graph as a state diagram of Mermaid, which GitHub and many editors draw.
 *
 * @see <a href="https://mermaid.js.org/syntax/stateDiagram.html">Mermaid, State diagrams</a>
 */
public final class MermaidWriter {

    private final StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    private final Map<String, String> ids = new HashMap<>();

    private MermaidWriter() {}

    /** The diagram's text. */
    public static String write(StateGraph graph) {
        MermaidWriter writer = new MermaidWriter();
        writer.body(graph, "    ");
        return writer.text.toString();
    }

    private void body(StateGraph graph, String indent) {
        for (Node node : graph.nodes()) {
            text.append(indent)
                    .append("state \"")
                    .append(node.name().replace("\"", "#quot;"))
                    .append("\" as ")
                    .append(id(node.name()))
                    .append('\n');
        }
        text.append(indent).append("[*] --> ").append(id(graph.startAt())).append('\n');
        for (Edge edge : graph.edges()) {
            text.append(indent).append(id(edge.from())).append(" --> ").append(id(edge.to()));
            if (!edge.label().isEmpty()) {
                text.append(" : ")
                        .append(edge.label()
                                .replace(";", "#59;")
                                .replace(":", "#58;")
                                .replace('\n', ' '));
            }
            text.append('\n');
        }
        graph.ends().forEach(end -> text.append(indent).append(id(end)).append(" --> [*]\n"));
        for (Node node : graph.nodes()) {
            if (!node.bodies().isEmpty()) {
                text.append(indent).append("state ").append(id(node.name())).append(" {\n");
                for (int i = 0; i < node.bodies().size(); i++) {
                    if (i > 0) {
                        text.append(indent).append("    --\n");
                    }
                    body(node.bodies().get(i), indent + "    ");
                }
                text.append(indent).append("}\n");
            }
        }
    }

    private String id(String state) {
        return ids.computeIfAbsent(state, name -> "s" + (ids.size() + 1));
    }
}
