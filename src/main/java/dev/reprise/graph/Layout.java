package dev.reprise.graph;

import dev.reprise.graph.StateGraph.Edge;
import dev.reprise.graph.StateGraph.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the states of a body are drawn: in ranks from top to bottom, each below all that lead to it, ordered so that
 * few edges cross. An edge over several ranks has a place in each of them.
 */
final class Layout {

    static final double GAP = 28;
    static final double RANK_GAP = 46;
    private static final double PADDING = 16;
    private static final double HEADER = 26;
    private static final double HEIGHT = 38;
    private static final double LETTER = 7.2;
    private static final double NARROWEST = 84;
    private static final int SWEEPS = 4;

    /** Something that takes up room: a state, or an edge's place in a rank that it only passes. */
    static final class Box {
        final String name;
        final double width;
        final double height;
        final List<Layout> inner;
        double x;
        double y;

        Box(String name, double width, double height, List<Layout> inner) {
            this.name = name;
            this.width = width;
            this.height = height;
            this.inner = inner;
        }

        double middle() {
            return x + width / 2;
        }
    }

    /**
     * An edge as it is drawn.
     *
     * @param through what it passes on its way, from its beginning to its end
     * @param back whether it leads upwards
     */
    record Route(Edge edge, List<Box> through, boolean back) {}

    final StateGraph graph;
    final Map<String, Box> boxes = new LinkedHashMap<>();
    final List<Route> routes = new ArrayList<>();
    double width;
    double height;

    private final Map<String, Integer> ranks = new HashMap<>();
    private final List<List<Box>> rows = new ArrayList<>();
    private final Map<Box, List<Box>> above = new HashMap<>();
    private int backs;

    Layout(StateGraph graph) {
        this.graph = graph;
        graph.nodes().forEach(node -> boxes.put(node.name(), box(node)));
        rank();
        route();
        order();
        place();
    }

    private static Box box(Node node) {
        double label = Math.max(NARROWEST, node.name().length() * LETTER + 2 * PADDING);
        if (node.bodies().isEmpty()) {
            return new Box(node.name(), label, HEIGHT, List.of());
        }
        List<Layout> inner = node.bodies().stream().map(Layout::new).toList();
        double width = PADDING
                + inner.stream().mapToDouble(each -> each.width + PADDING).sum();
        double height = HEADER
                + PADDING
                + inner.stream().mapToDouble(each -> each.height).max().orElse(0);
        return new Box(node.name(), Math.max(label, width), height, inner);
    }

    /** Each state below all that lead to it, those left out that lead back. */
    private void rank() {
        Set<Edge> back = backEdges();
        boxes.keySet().forEach(name -> ranks.put(name, 0));
        boolean changed = true;
        for (int round = 0; changed && round <= boxes.size(); round++) {
            changed = false;
            for (Edge edge : graph.edges()) {
                int least = ranks.getOrDefault(edge.from(), 0) + 1;
                if (!back.contains(edge) && ranks.getOrDefault(edge.to(), 0) < least) {
                    ranks.put(edge.to(), least);
                    changed = true;
                }
            }
        }
        for (int i = 0;
                i <= ranks.values().stream().mapToInt(each -> each).max().orElse(0);
                i++) {
            rows.add(new ArrayList<>());
        }
        boxes.forEach((name, box) -> rows.get(ranks.getOrDefault(name, 0)).add(box));
    }

    private record Visit(String state, List<Edge> left) {}

    private Set<Edge> backEdges() {
        Map<String, List<Edge>> leaving = new HashMap<>();
        graph.edges()
                .forEach(edge -> leaving.computeIfAbsent(edge.from(), from -> new ArrayList<>())
                        .add(edge));
        Set<Edge> back = new HashSet<>();
        Set<String> done = new HashSet<>();
        Set<String> open = new HashSet<>();
        List<String> roots = new ArrayList<>(List.of(graph.startAt()));
        roots.addAll(boxes.keySet());
        for (String root : roots) {
            Deque<Visit> stack = new ArrayDeque<>();
            visit(root, stack, open, done, leaving);
            while (!stack.isEmpty()) {
                Visit visit = stack.peek();
                if (visit.left().isEmpty()) {
                    stack.pop();
                    open.remove(visit.state());
                    continue;
                }
                Edge edge = visit.left().removeFirst();
                if (open.contains(edge.to())) {
                    back.add(edge);
                } else {
                    visit(edge.to(), stack, open, done, leaving);
                }
            }
        }
        return back;
    }

    private static void visit(
            String state, Deque<Visit> stack, Set<String> open, Set<String> done, Map<String, List<Edge>> leaving) {
        if (done.add(state)) {
            open.add(state);
            stack.push(new Visit(state, new ArrayList<>(leaving.getOrDefault(state, List.of()))));
        }
    }

    private void route() {
        for (Edge edge : graph.edges()) {
            Box from = boxes.get(edge.from());
            Box to = boxes.get(edge.to());
            if (from == null || to == null) {
                continue;
            }
            int first = ranks.getOrDefault(edge.from(), 0);
            int last = ranks.getOrDefault(edge.to(), 0);
            List<Box> through = new ArrayList<>(List.of(from));
            if (last <= first) {
                through.add(to);
                routes.add(new Route(edge, through, true));
                backs++;
                continue;
            }
            Box before = from;
            for (int rank = first + 1; rank < last; rank++) {
                Box passing = new Box("", GAP / 2, HEIGHT, List.of());
                rows.get(rank).add(passing);
                above.computeIfAbsent(passing, box -> new ArrayList<>()).add(before);
                through.add(passing);
                before = passing;
            }
            above.computeIfAbsent(to, box -> new ArrayList<>()).add(before);
            through.add(to);
            routes.add(new Route(edge, through, false));
        }
    }

    /** In each rank from left to right as what leads there stands. */
    private void order() {
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (List<Box> row : rows) {
                Map<Box, Double> wanted = new HashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    Box box = row.get(i);
                    int place = i;
                    wanted.put(
                            box,
                            above.getOrDefault(box, List.of()).stream()
                                    .mapToDouble(each -> each.x)
                                    .average()
                                    .orElse(place));
                }
                row.sort(Comparator.comparingDouble(box -> wanted.getOrDefault(box, 0.0)));
                for (int i = 0; i < row.size(); i++) {
                    row.get(i).x = i;
                }
            }
        }
    }

    private void place() {
        double widest = rows.stream().mapToDouble(Layout::widthOf).max().orElse(0);
        double y = RANK_GAP;
        for (List<Box> row : rows) {
            double x = PADDING + (widest - widthOf(row)) / 2;
            double highest = row.stream().mapToDouble(box -> box.height).max().orElse(HEIGHT);
            for (Box box : row) {
                box.x = x;
                box.y = y + (highest - box.height) / 2;
                x += box.width + GAP;
            }
            y += highest + RANK_GAP;
        }
        width = widest + 2 * PADDING + backs * PADDING;
        height = y;
    }

    private static double widthOf(List<Box> row) {
        return row.stream().mapToDouble(box -> box.width + GAP).sum() - (row.isEmpty() ? 0 : GAP);
    }

    /** Where the bodies inside a box begin. */
    static List<double[]> placesInside(Box box) {
        List<double[]> places = new ArrayList<>();
        double x = box.x + PADDING;
        for (Layout inner : box.inner) {
            places.add(new double[] {x, box.y + HEADER});
            x += inner.width + PADDING;
        }
        return places;
    }

    /** The right edge of all boxes, behind which back edges run. */
    double right() {
        return width - backs * PADDING - PADDING / 2;
    }
}
