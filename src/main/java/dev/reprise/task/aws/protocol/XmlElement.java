package dev.reprise.task.aws.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element of an answer in XML. Names are without their prefixes, but for those of attributes. */
final class XmlElement {

    private final String name;
    private final Map<String, String> attributes;
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(String name, Map<String, String> attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    /**
     * The root of an answer; an element without name or parts when the answer is empty.
     *
     * @throws UnreadableAnswerException when it is no XML
     */
    static XmlElement read(byte[] body) {
        return body.length == 0 ? new XmlElement("", Map.of()) : XmlReader.read(body);
    }

    void add(XmlElement child) {
        children.add(child);
    }

    void append(String characters) {
        text.append(characters);
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
