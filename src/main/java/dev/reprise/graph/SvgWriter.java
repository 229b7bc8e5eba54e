package dev.reprise.graph;

import dev.reprise.graph.Layout.Box;
import dev.reprise.graph.Layout.Route;
import dev.reprise.graph.StateGraph.Cause;
import dev.reprise.graph.StateGraph.Edge;
import dev.reprise.graph.StateGraph.Node;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Draws a graph. The picture needs nothing beside it, and looks well on light and on dark pages. */
public final class SvgWriter {

    private static final String STYLE = """
        <style>
        svg { font: 13px system-ui, sans-serif; background: Canvas; color: CanvasText; color-scheme: light dark }
        rect, polygon { fill: Canvas; stroke: CanvasText; stroke-width: 1.2 }
        .group { fill-opacity: 0.4; stroke-dasharray: 5 3 }
        text { fill: CanvasText; text-anchor: middle }
        .type, .label { font-size: 10px; opacity: 0.7 }
        path { fill: none; stroke: CanvasText; stroke-width: 1.2 }
        .catcher { stroke-dasharray: 5 3 }
        .dot { fill: CanvasText; stroke: none }
        rect.reached, polygon.reached, path.reached { stroke: #15803d; stroke-width: 1.8 }
        rect.missed, polygon.missed { stroke: #dc2626; fill: #dc262622; stroke-width: 1.8 }
        path.missed { stroke: #dc2626; stroke-width: 1.8 }
        </style>
        """;

    private final Function<Node, String> classOfNode;
    private final Function<Edge, String> classOfEdge;
    private final StringBuilder svg = new StringBuilder();

    private SvgWriter(Function<Node, String> classOfNode, Function<Edge, String> classOfEdge) {
        this.classOfNode = classOfNode;
        this.classOfEdge = classOfEdge;
    }

    /** The picture of a graph. */
    public static String write(String title, StateGraph graph) {
        return write(title, graph, node -> "", edge -> "");
    }

    /**
     * The picture of a graph, some parts of which stand out.
     *
     * @param classOfNode {@code reached}, {@code missed} or nothing
     * @param classOfEdge the same
     */
    public static String write(
            String title, StateGraph graph, Function<Node, String> classOfNode, Function<Edge, String> classOfEdge) {
        SvgWriter writer = new SvgWriter(classOfNode, classOfEdge);
        Layout layout = new Layout(graph);
        writer.svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\">%n",
                layout.width,
                layout.height,
                layout.width,
                layout.height));
        writer.svg.append("<title>").append(escaped(title)).append("</title>\n").append(STYLE);
        writer.svg.append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\""
                + " markerHeight=\"7\" orient=\"auto-start-reverse\"><polygon class=\"dot\" points=\"0,0 8,4 0,8\"/>"
                + "</marker></defs>\n");
        writer.body(layout, 0, 0);
        return writer.svg.append("</svg>\n").toString();
    }

    private void body(Layout layout, double left, double top) {
        svg.append(String.format(Locale.ROOT, "<g transform=\"translate(%.1f %.1f)\">%n", left, top));
        start(layout);
        double lane = layout.right();
        for (Route route : layout.routes) {
            if (route.back()) {
                lane += Layout.GAP / 2;
                back(route, lane);
            } else {
                down(route);
            }
        }
        for (Node node : layout.graph.nodes()) {
            Box box = layout.boxes.get(node.name());
            if (box != null) {
                draw(node, box, layout.graph.ends().contains(node.name()));
            }
        }
        svg.append("</g>\n");
    }

    private void start(Layout layout) {
        Box first = layout.boxes.get(layout.graph.startAt());
        if (first != null) {
            double y = first.y - Layout.RANK_GAP / 2;
            svg.append(String.format(
                    Locale.ROOT, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"/>", first.middle(), y));
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %.1f V%.1f\" marker-end=\"url(#arrow)\"/>%n",
                    first.middle(),
                    y,
                    first.y));
        }
    }

    private void down(Route route) {
        List<Box> through = route.through();
        StringBuilder path = new StringBuilder();
        Box from = through.get(0);
        double x = from.middle();
        double y = from.y + from.height;
        path.append(String.format(Locale.ROOT, "M%.1f %.1f", x, y));
        for (Box next : through.subList(1, through.size())) {
            double half = (next.y + y) / 2;
            path.append(String.format(
                    Locale.ROOT,
                    " C%.1f %.1f %.1f %.1f %.1f %.1f",
                    x,
                    half,
                    next.middle(),
                    half,
                    next.middle(),
                    next.y));
            x = next.middle();
            y = next.y;
            if (next.name.isEmpty()) {
                y += next.height;
                path.append(String.format(Locale.ROOT, " V%.1f", y));
            }
        }
        Box second = through.get(1);
        edge(
                route.edge(),
                path.toString(),
                (from.middle() + second.middle()) / 2,
                (from.y + from.height + second.y) / 2);
    }

    private void back(Route route, double lane) {
        Box from = route.through().get(0);
        Box to = route.through().get(1);
        double fromY = from.y + from.height / 2;
        double toY = to.y + to.height / 2;
        String path = String.format(
                Locale.ROOT,
                "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
                from.x + from.width,
                fromY,
                lane,
                fromY + Layout.GAP / 2,
                lane,
                toY - Layout.GAP / 2,
                to.x + to.width,
                toY);
        edge(route.edge(), path, lane, (fromY + toY) / 2);
    }

    private void edge(Edge edge, String path, double labelX, double labelY) {
        String style = (edge.cause() == Cause.CATCHER ? "catcher " : "") + classOfEdge.apply(edge);
        svg.append("<path class=\"").append(style.strip()).append("\" d=\"").append(path);
        svg.append("\" marker-end=\"url(#arrow)\"/>");
        if (!edge.label().isEmpty()) {
            text("label", labelX, labelY, edge.label());
        }
        svg.append('\n');
    }

    private void draw(Node node, Box box, boolean isEnd) {
        String style = ((node.bodies().isEmpty() ? "" : "group ") + classOfNode.apply(node)).strip();
        svg.append("<g><title>")
                .append(escaped(node.type() + " " + node.name()))
                .append("</title>");
        rectangle(box, style, 0, node.type().equals("Choice") ? box.height / 2 : 6);
        if (isEnd) {
            rectangle(box, style + " inner", 3, 4);
        }
        if (node.bodies().isEmpty()) {
            text("", box.middle(), box.y + box.height / 2 + 1, node.name());
            text("type", box.middle(), box.y + box.height / 2 + 13, node.type());
        } else {
            text("", box.middle(), box.y + 18, node.name() + " (" + node.type() + ")");
        }
        svg.append("</g>\n");
        List<double[]> places = Layout.placesInside(box);
        for (int i = 0; i < places.size(); i++) {
            body(box.inner.get(i), places.get(i)[0], places.get(i)[1]);
        }
    }

    private void rectangle(Box box, String style, double inset, double radius) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>",
                style.strip(),
                box.x + inset,
                box.y + inset,
                box.width - 2 * inset,
                box.height - 2 * inset,
                radius));
    }

    private void text(String style, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
