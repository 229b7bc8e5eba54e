package dev.reprise.task.aws.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the XML that services answer with: elements, attributes, text, references to characters. What prefixes of names
 * stand for does not count. A document type is refused, so nothing outside the answer is ever read, and nothing in it
 * is repeated. The JDK's own parser would bring XML Schema into the executable, a tenth of its code.
 *
 * @see <a href="https://www.w3.org/TR/xml/">Extensible Markup Language 1.0</a>
 */
final class XmlReader {

    private static final int DEEPEST = 1000;

    /** Of a reference, such as {@code #x10FFFF}. */
    private static final int LONGEST_REFERENCE = 10;

    private static final int HEXADECIMAL = 16;

    private static final Pattern ENCODING = Pattern.compile("\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");

    private final String text;
    private int at;

    private XmlReader(String text) {
        this.text = text;
    }

    /**
     * The root of an answer.
     *
     * @throws UnreadableAnswerException when it is no XML
     */
    static XmlElement read(byte[] answer) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer))
                    .toString();
            return new XmlReader(text).document();
        } catch (CharacterCodingException e) {
            throw unreadable("it is not in UTF-8");
        }
    }

    /** An element whose end has not come yet. */
    private record Open(String qualifiedName, XmlElement element) {}

    private XmlElement document() {
        XmlElement document = new XmlElement("", Map.of());
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", document));
        if (text.startsWith("\uFEFF")) {
            at++;
        }
        while (at < text.length()) {
            if (text.charAt(at) != '<') {
                characters(open);
            } else if (text.startsWith("<?", at)) {
                instruction();
            } else if (text.startsWith("<!--", at)) {
                upTo("-->");
            } else if (text.startsWith("<![CDATA[", at)) {
                at += "<![CDATA[".length();
                append(lines(upTo("]]>")), open);
            } else if (text.startsWith("<!", at)) {
                throw broken("a document type is not read");
            } else if (text.startsWith("</", at)) {
                end(open);
            } else {
                begin(open);
            }
        }
        if (open.size() > 1) {
            throw broken("'" + open.element().qualifiedName() + "' has no end");
        }
        if (document.children().isEmpty()) {
            throw broken("it has no element");
        }
        return document.children().getFirst();
    }

    private void instruction() {
        Matcher encoding = ENCODING.matcher(upTo("?>"));
        if (encoding.find() && !encoding.group(1).equalsIgnoreCase("UTF-8")) {
            throw broken("its encoding is " + encoding.group(1));
        }
    }

    /** What stands from here to before that end, which is passed over. */
    private String upTo(String end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw broken("'" + end + "' is missing");
        }
        String passed = text.substring(at, found);
        at = found + end.length();
        return passed;
    }

    private void characters(Deque<Open> open) {
        int end = text.indexOf('<', at);
        int until = end < 0 ? text.length() : end;
        String characters = text.substring(at, until);
        if (characters.contains("]]>")) {
            throw broken("']]>' ends nothing");
        }
        append(resolved(lines(characters)), open);
        at = until;
    }

    private void append(String characters, Deque<Open> open) {
        if (open.size() > 1) {
            open.element().element().append(characters);
        } else if (!characters.isBlank()) {
            throw broken("text stands outside of all elements");
        }
    }

    private static String lines(String characters) {
        return characters.indexOf('\r') < 0
                ? characters
                : characters.replace("\r\n", "\n").replace('\r', '\n');
    }

    private void begin(Deque<Open> open) {
        at++;
        String name = name();
        Map<String, String> attributes = new HashMap<>();
        while (!text.startsWith(">", at) && !text.startsWith("/>", at)) {
            attribute(attributes);
        }
        XmlElement element = new XmlElement(localName(name), attributes);
        if (open.size() == 1 && !open.element().element().children().isEmpty()) {
            throw broken("there is more than one root");
        }
        open.element().element().add(element);
        if (text.charAt(at) == '/') {
            at += 2;
            return;
        }
        at++;
        open.push(new Open(name, element));
        if (open.size() > DEEPEST + 1) {
            throw broken("it is nested more than " + DEEPEST + " levels deep");
        }
    }

    private void attribute(Map<String, String> attributes) {
        if (!skipSpace()) {
            throw broken("a space is missing");
        }
        if (text.startsWith(">", at) || text.startsWith("/>", at)) {
            return;
        }
        String name = name();
        skipSpace();
        if (!text.startsWith("=", at)) {
            throw broken("'" + name + "' has no value");
        }
        at++;
        skipSpace();
        if (!text.startsWith("\"", at) && !text.startsWith("'", at)) {
            throw broken("the value of '" + name + "' has no quotation marks");
        }
        String quote = text.substring(at, at + 1);
        at++;
        String raw = upTo(quote);
        if (raw.indexOf('<') >= 0) {
            throw broken("the value of '" + name + "' does not end");
        }
        String value = resolved(lines(raw).replace('\n', ' ').replace('\t', ' '));
        boolean declaresNamespace = name.equals("xmlns") || name.startsWith("xmlns:");
        if (!declaresNamespace && attributes.put(name, value) != null) {
            throw broken("'" + name + "' stands twice");
        }
    }

    private void end(Deque<Open> open) {
        at += 2;
        String name = name();
        skipSpace();
        if (!text.startsWith(">", at)
                || open.size() == 1
                || !open.pop().qualifiedName().equals(name)) {
            throw broken("'" + name + "' ends where it has not begun");
        }
        at++;
    }

    private boolean skipSpace() {
        int begin = at;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at > begin;
    }

    private String name() {
        int begin = at;
        while (at < text.length() && isPartOfName(text.charAt(at))) {
            at++;
        }
        if (at == begin || "-.0123456789".indexOf(text.charAt(begin)) >= 0) {
            throw broken("a name is missing");
        }
        return text.substring(begin, at);
    }

    private static boolean isPartOfName(char character) {
        return Character.isLetterOrDigit(character)
                || "_:-.\u00B7".indexOf(character) >= 0
                || Character.isSurrogate(character);
    }

    private static String localName(String qualified) {
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    private String resolved(String characters) {
        int reference = characters.indexOf('&');
        if (reference < 0) {
            return characters;
        }
        StringBuilder plain = new StringBuilder(characters.length());
        int from = 0;
        while (reference >= 0) {
            plain.append(characters, from, reference);
            int end = characters.indexOf(';', reference);
            if (end < 0 || end - reference > LONGEST_REFERENCE) {
                throw broken("a '&' stands for nothing");
            }
            plain.appendCodePoint(character(characters.substring(reference + 1, end)));
            from = end + 1;
            reference = characters.indexOf('&', from);
        }
        return plain.append(characters, from, characters.length()).toString();
    }

    private int character(String name) {
        return switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> number(name);
        };
    }

    private int number(String name) {
        try {
            int codePoint = name.startsWith("#x")
                    ? Integer.parseUnsignedInt(name.substring(2), HEXADECIMAL)
                    : Integer.parseUnsignedInt(name.startsWith("#") ? name.substring(1) : "");
            if (Character.isValidCodePoint(codePoint) && Character.getType(codePoint) != Character.SURROGATE) {
                return codePoint;
            }
        } catch (NumberFormatException e) {
            // Told below, as for one that is no character.
        }
        throw broken("'&" + name + ";' stands for nothing");
    }

    private UnreadableAnswerException broken(String problem) {
        return unreadable(problem + ", at character " + (at + 1));
    }

    private static UnreadableAnswerException unreadable(String problem) {
        return new UnreadableAnswerException("The answer is no XML: " + problem, null);
    }
}
