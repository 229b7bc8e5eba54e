package dev.reprise.task.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's parser says what is right. */
class XmlReaderTest {

    private static final int DOCUMENTS = 3_000;

    private static XmlElement read(String text) {
        return XmlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a/>",
                "<a ></a >",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>text</a>\n",
                "<?xml version='1.0' encoding='utf-8' standalone='yes'?><a xmlns='urn:x'><b>1</b><b>2</b></a>",
                "<s3:a xmlns:s3=\"urn:x\" xmlns:xsi=\"urn:y\" xsi:type=\"Group\" b = 'c'/>",
                "<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&#xfc;</a>",
                "<a b=\"&lt;&quot;'&#10;\t\n\">x</a>",
                "<a b='>'>&gt;</a>",
                "<a>one\r\ntwo\rthree\nfour&#13;</a>",
                "<a><![CDATA[<b>&amp;]]]]><![CDATA[></b>]]></a>",
                "<!-- before --><a><!-- <b> -->x<?pi with <b>?>y</a><!-- after -->",
                "<a> <b> </b> </a>",
                "<größe ü=\"ß\">\uD83D\uDE00</größe>",
                "\uFEFF<a/>"
            })
    void readsWhatTheJdkReads(String text) throws Exception {
        assertAlike(read(text), readByTheJdk(text), text);
    }

    @Test
    void readsAnyDocumentAsTheJdkDoes() throws Exception {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = damaged(document(random, 0), random);
            Node right;
            try {
                right = readByTheJdk(text);
            } catch (XMLStreamException e) {
                refused++;
                if (!e.getMessage().contains("PrefixUnbound")) {
                    assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(UnreadableAnswerException.class);
                }
                continue;
            }
            assertAlike(read(text), right, text);
        }
        assertThat(refused).isBetween(DOCUMENTS / 10, DOCUMENTS * 9 / 10);
    }

    private static String document(Random random, int depth) {
        String name = List.of("a", "b", "ns:c").get(random.nextInt(3));
        StringBuilder text = new StringBuilder("<").append(name);
        if (depth == 0) {
            text.append(" xmlns:ns=\"urn:x\"");
        }
        if (random.nextBoolean()) {
            text.append(" x='1&lt;'");
        }
        text.append('>');
        for (int i = random.nextInt(4); i > 0 && depth < 4; i--) {
            text.append(random.nextBoolean() ? document(random, depth + 1) : "text&amp;<![CDATA[ ]]>\r\n");
        }
        return text.append("</").append(name).append('>').toString();
    }

    /** Every second one is left as it is. */
    private static String damaged(String text, Random random) {
        int at = random.nextInt(text.length());
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(at + 1);
            case 2 -> text.substring(0, at) + "<>&'/= ".charAt(random.nextInt(7)) + text.substring(at);
            default -> text;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        <a>                                | 'a' has no end, at character 4
        <a></b>                            | 'b' ends where it has not begun, at character 7
        <a/><b/>                           | there is more than one root, at character 7
        <a b>                              | 'b' has no value, at character 5
        <a b=c>                            | the value of 'b' has no quotation marks, at character 6
        <a b="1" b="2"/>                   | 'b' stands twice, at character 15
        <a>&copy;</a>                      | '&copy;' stands for nothing, at character 4
        <a>&#xD800;</a>                    | '&#xD800;' stands for nothing, at character 4
        <a>&#;</a>                         | '&#;' stands for nothing, at character 4
        <a>a & b</a>                       | a '&' stands for nothing, at character 4
        text                               | text stands outside of all elements, at character 1
        {"message": "not XML"}             | text stands outside of all elements, at character 1
        <!-- only -->                      | it has no element, at character 14
        <a><![CDATA[                       | ']]>' is missing, at character 13
        <?xml version="1.0" encoding="EBCDIC"?><a/> | its encoding is EBCDIC, at character 40
        """)
    void saysWhatIsWrong(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage("The answer is no XML: " + problem);
    }

    /** Which could name files, and repeat each other a billion times. */
    @Test
    void aDocumentTypeIsRefused() {
        assertThatThrownBy(() -> read("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessageContaining("a document type is not read");
    }

    @Test
    void whatIsNotInUtf8IsRefused() {
        assertThatThrownBy(() -> XmlReader.read("<a>ü</a>".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("The answer is no XML: it is not in UTF-8");
    }

    @Test
    void depthIsBounded() {
        assertThat(read("<a>".repeat(1_000) + "</a>".repeat(1_000)).child("a")).isNotNull();
        assertThatThrownBy(() -> read("<a>".repeat(1_001) + "</a>".repeat(1_001)))
                .hasMessageContaining("nested more than 1000 levels deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a b='", "<![CDATA[", "&", "<!--", "<", "<a b='1' ", "]]>"})
    @Timeout(60)
    void timeGrowsWithTheText(String part) {
        assertThatThrownBy(() -> read("<a>" + part.repeat(1_000_000))).isInstanceOf(UnreadableAnswerException.class);
    }

    /** Which names occur, and so which attributes an element could have. */
    private static final Pattern NAME = Pattern.compile("[\\w:.ßüö-]+");

    private record Node(String name, Map<String, String> attributes, StringBuilder text, List<Node> children) {
        Node(String name) {
            this(name, new HashMap<>(), new StringBuilder(), new ArrayList<>());
        }
    }

    private static void assertAlike(XmlElement read, Node right, String document) {
        assertThat(read.find(right.name())).as(document).isSameAs(read);
        NAME.matcher(document)
                .results()
                .map(MatchResult::group)
                .forEach(name -> assertThat(read.attribute(name))
                        .as(name + " in " + document)
                        .isEqualTo(right.attributes().get(name)));
        assertThat(read.text()).as(document).isEqualTo(right.text().toString());
        assertThat(read.children()).as(document).hasSameSizeAs(right.children());
        for (int i = 0; i < right.children().size(); i++) {
            assertAlike(read.children().get(i), right.children().get(i), document);
        }
    }

    private static Node readByTheJdk(String text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader =
                factory.createXMLStreamReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "UTF-8");
        Deque<Node> open = new ArrayDeque<>(List.of(new Node("")));
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    Node node = new Node(reader.getLocalName());
                    for (int i = 0; i < reader.getAttributeCount(); i++) {
                        String prefix = reader.getAttributePrefix(i);
                        node.attributes()
                                .put(
                                        (prefix.isEmpty() ? "" : prefix + ":") + reader.getAttributeLocalName(i),
                                        reader.getAttributeValue(i));
                    }
                    open.element().children().add(node);
                    open.push(node);
                }
                case XMLStreamReader.END_ELEMENT -> open.pop();
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA, XMLStreamReader.SPACE ->
                    open.element().text().append(reader.getText());
                default -> {}
            }
        }
        return open.element().children().getFirst();
    }
}
