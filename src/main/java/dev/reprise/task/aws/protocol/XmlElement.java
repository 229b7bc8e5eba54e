package dev.reprise.task.aws.protocol;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element of an answer in XML. Names are without their prefixes, but for those of attributes. */
final class XmlElement {

    /** Knows no document types, so nothing outside the answer is ever read. */
    private static final XMLInputFactory FACTORY = factory();

    private static final int DEEPEST = 1000;

    private final String name;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlElement(String name) {
        this.name = name;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /**
     * The root of an answer; an element without name or parts when the answer is empty.
     *
     * @throws UnreadableAnswerException when it is no XML
     */
    static XmlElement read(byte[] body) {
        if (body.length == 0) {
            return new XmlElement("");
        }
        try {
            XMLStreamReader reader;
            // The JDK does not promise that its factory may be used by many threads.
            synchronized (FACTORY) {
                reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
            }
            return root(reader);
        } catch (XMLStreamException e) {
            throw new UnreadableAnswerException("The answer is no XML: " + e.getMessage(), e);
        }
    }

    private static XmlElement root(XMLStreamReader reader) throws XMLStreamException {
        Deque<XmlElement> open = new ArrayDeque<>();
        XmlElement document = new XmlElement("");
        open.push(document);
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() > DEEPEST) {
                        throw new XMLStreamException("nested more than " + DEEPEST + " levels deep");
                    }
                    XmlElement element = begin(reader);
                    open.element().children.add(element);
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    open.element().text.append(reader.getText());
                default -> {
                    // Comments and the like say nothing.
                }
            }
        }
        return document.children.isEmpty() ? document : document.children.getFirst();
    }

    private static XmlElement begin(XMLStreamReader reader) {
        XmlElement element = new XmlElement(reader.getLocalName());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            element.attributes.put(
                    prefix == null || prefix.isEmpty()
                            ? reader.getAttributeLocalName(i)
                            : prefix + ":" + reader.getAttributeLocalName(i),
                    reader.getAttributeValue(i));
        }
        return element;
    }

    String text() {
        return text.toString();
    }

    List<XmlElement> children() {
        return children;
    }

    @Nullable
    String attribute(String qualifiedName) {
        return attributes.get(qualifiedName);
    }

    /** The first of that name; null when there is none. */
    @Nullable
    XmlElement child(String childName) {
        for (XmlElement child : children) {
            if (child.name.equals(childName)) {
                return child;
            }
        }
        return null;
    }

    /** This element or the first below it of that name, in the order of the document; null when there is none. */
    @Nullable
    XmlElement find(String wanted) {
        if (name.equals(wanted)) {
            return this;
        }
        for (XmlElement child : children) {
            XmlElement found = child.find(wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** All of that name. */
    List<XmlElement> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }
}
