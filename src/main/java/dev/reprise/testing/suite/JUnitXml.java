package dev.reprise.testing.suite;

import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes results as continuous integration reads them: a test suite for each workflow. */
public final class JUnitXml {

    private JUnitXml() {}

    /** The document. */
    public static String write(List<CaseResult> results) {
        Map<String, List<CaseResult>> suites = new LinkedHashMap<>();
        results.forEach(result -> suites.computeIfAbsent(result.workflow(), name -> new ArrayList<>())
                .add(result));
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            for (Map.Entry<String, List<CaseResult>> suite : suites.entrySet()) {
                write(suite.getKey(), suite.getValue(), xml);
            }
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Writing to memory failed", e);
        }
        return text + "\n";
    }

    private static void write(String workflow, List<CaseResult> results, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", workflow);
        xml.writeAttribute("tests", String.valueOf(results.size()));
        xml.writeAttribute(
                "failures",
                String.valueOf(
                        results.stream().filter(result -> !result.passed()).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        xml.writeAttribute(
                "time", seconds(results.stream().map(CaseResult::took).reduce(Duration.ZERO, Duration::plus)));
        for (CaseResult result : results) {
            xml.writeCharacters("\n    ");
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", workflow);
            xml.writeAttribute("name", printable(result.name()));
            xml.writeAttribute("time", seconds(result.took()));
            if (result.problem() != null) {
                String problem = printable(result.problem());
                xml.writeStartElement("failure");
                xml.writeAttribute("message", problem.lines().findFirst().orElse(""));
                xml.writeCharacters(problem);
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    /** Without the control characters that no XML may hold. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .map(each -> each < ' ' && each != '\n' && each != '\t' ? ' ' : each)
                .filter(each -> each < 0xD800 || each > 0xDFFF)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
