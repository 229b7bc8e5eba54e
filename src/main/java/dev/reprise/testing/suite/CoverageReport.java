package dev.reprise.testing.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.graph.SvgWriter;
import dev.reprise.testing.suite.Coverage.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what tests cover: for people, for programs, and as a picture. */
public final class CoverageReport {

    private CoverageReport() {}

    /** A line with the counts of each workflow, and a line for each part that no case came to. */
    public static String text(Map<String, Coverage> workflows) {
        StringBuilder text = new StringBuilder();
        workflows.forEach((name, coverage) -> {
            text.append(String.format(
                    Locale.ROOT, "%s: %.1f %% covered: %s%n", name, coverage.percent(), counts(coverage)));
            for (Kind kind : Kind.values()) {
                coverage.missed(kind)
                        .forEach(part -> text.append("  never reached: ")
                                .append(singular(kind))
                                .append(' ')
                                .append(part)
                                .append('\n'));
            }
        });
        return text.toString();
    }

    private static String counts(Coverage coverage) {
        List<String> counts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (coverage.total(kind) > 0) {
                counts.add(coverage.reached(kind) + " of " + coverage.total(kind) + " " + kind.words());
            }
        }
        return String.join(", ", counts);
    }

    private static String singular(Kind kind) {
        return kind.words().substring(0, kind.words().length() - 1);
    }

    /** {@code {"orders": {"percent": 87.5, "states": {"reached": 7, "total": 8, "missed": ["Refund"]}, …}}}. */
    public static ObjectNode json(Map<String, Coverage> workflows) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        workflows.forEach((name, coverage) -> {
            ObjectNode each = json.putObject(name);
            each.put("percent", Math.round(coverage.percent() * 10) / 10.0);
            for (Kind kind : Kind.values()) {
                ObjectNode parts = each.putObject(member(kind));
                parts.put("reached", coverage.reached(kind));
                parts.put("total", coverage.total(kind));
                ArrayNode missed = parts.putArray("missed");
                coverage.missed(kind).forEach(missed::add);
            }
        });
        return json;
    }

    /**
     * {@code [{"kind": "choiceRules", "state": "Sort", "cause": "CHOICE_RULE", "index": 0, "hits": 3}, …]}: each part.
     */
    public static ArrayNode parts(Coverage coverage) {
        ArrayNode parts = JsonNodeFactory.instance.arrayNode();
        coverage.parts()
                .forEach((part, hits) -> parts.addObject()
                        .put("kind", member(part.kind()))
                        .put("state", part.state())
                        .put("cause", part.cause().name())
                        .put("index", part.index())
                        .put("hits", hits));
        return parts;
    }

    private static String member(Kind kind) {
        return switch (kind) {
            case STATE -> "states";
            case TRANSITION -> "transitions";
            case CHOICE_RULE -> "choiceRules";
            case CATCHER -> "catchers";
            case RETRIER -> "retriers";
        };
    }

    /** The graph of a workflow: green what was reached, red what was not. */
    public static String svg(String name, Coverage coverage) {
        return SvgWriter.write(
                String.format(Locale.ROOT, "%s: %.1f %% covered", name, coverage.percent()),
                coverage.graph(),
                coverage::classOf,
                coverage::classOf);
    }
}
