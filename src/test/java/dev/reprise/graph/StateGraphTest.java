package dev.reprise.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.asl.parser.Definitions;
import dev.reprise.query.check.QueryExpressionChecker;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures of definitions. */
class StateGraphTest {

    private static final String ORDERS = """
        {"StartAt": "Try", "States": {
          "Try": {"Type": "Task", "Resource": "task:try", "Catch": [{"ErrorEquals": ["Odd"], "Next": "Again?"}],
            "Next": "Each"},
          "Again?": {"Type": "Choice", "Choices": [{"Variable": "$.again", "BooleanEquals": true, "Next": "Try"}],
            "Default": "Give \\"up\\""},
          "Each": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Item", "States": {
            "Item": {"Type": "Pass", "End": true}}}},
          "Give \\"up\\"": {"Type": "Fail"}}}
        """;

    private static StateGraph graph(String text) {
        return StateGraph.of(Objects.requireNonNull(Definitions.parse("orders", text, new QueryExpressionChecker())
                        .machine())
                .body());
    }

    @Test
    void mermaidHasEachStateAndEachWay() {
        assertThat(MermaidWriter.write(graph(ORDERS))).isEqualTo("""
            stateDiagram-v2
                state "Try" as s1
                state "Again?" as s2
                state "Each" as s3
                state "Give #quot;up#quot;" as s4
                [*] --> s1
                s1 --> s3
                s1 --> s2 : Odd
                s2 --> s1 : rule 1
                s2 --> s4 : Default
                s3 --> [*]
                s4 --> [*]
                state s3 {
                    state "Item" as s5
                    [*] --> s5
                    s5 --> [*]
                }
            """);
    }

    @Test
    void dotEscapesNames() {
        assertThat(DotWriter.write("orders", graph(ORDERS)))
                .startsWith("digraph \"orders\" {\n")
                .contains(
                        "\"Again?\" -> \"Give \\\"up\\\"\" [label=\"Default\"]",
                        "\"Try\" -> \"Again?\" [label=\"Odd\", style=dashed]");
    }

    @Test
    void noTwoStatesOfAWorkflowAreDrawnOverEachOther() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("workflows", "examples"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".asl.json")).toList()) {
                assertDrawnApart(graph(Files.readString(file)));
            }
        }
        assertDrawnApart(graph(ORDERS));
    }

    private static void assertDrawnApart(StateGraph graph) throws Exception {
        Document picture = parse(SvgWriter.write("a & b", graph));
        assertThat(picture.getDocumentElement()
                        .getElementsByTagName("title")
                        .item(0)
                        .getTextContent())
                .isEqualTo("a & b");
        Layout layout = new Layout(graph);
        List<Layout.Box> boxes = List.copyOf(layout.boxes.values());
        for (Layout.Box one : boxes) {
            for (Layout.Box other : boxes) {
                boolean apart = one == other
                        || one.x + one.width <= other.x
                        || other.x + other.width <= one.x
                        || one.y + one.height <= other.y
                        || other.y + other.height <= one.y;
                assertThat(apart).as("%s and %s", one.name, other.name).isTrue();
            }
            assertThat(one.x + one.width).isLessThanOrEqualTo(layout.width);
            assertThat(one.y + one.height).isLessThanOrEqualTo(layout.height);
        }
        NodeList paths = picture.getElementsByTagName("path");
        for (int i = 0; i < paths.getLength(); i++) {
            assertThat(((Element) paths.item(i)).getAttribute("d")).doesNotContain("NaN");
        }
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
