package dev.assay.app.result;

import dev.assay.job.Check;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Checks as the results of tests, in the XML that JUnit made common: what runs pipelines shows it. */
public final class JUnitXml {
    private static final int REPLACEMENT = 0xFFFD;

    private JUnitXml() {}

    /**
     * A suite with a case for each check; one that is broken or undecided is a failure, one that was left out is skipped. No times, so
     * that the same data gives the same bytes.
     *
     * @param suite the name of the suite
     */
    public static String of(String suite, CheckWords words) {
        List<Check> checks = words.outcome().checks();
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, 0);
            xml.writeStartElement("testsuites");
            line(xml, 1);
            xml.writeStartElement("testsuite");
            attribute(xml, "name", suite);
            attribute(xml, "tests", Integer.toString(checks.size()));
            attribute(xml, "failures", count(checks, Check.Result.BROKEN, Check.Result.UNDECIDED));
            attribute(xml, "errors", "0");
            attribute(xml, "skipped", count(checks, Check.Result.SKIPPED));
            for (Check check : checks) {
                line(xml, 2);
                write(xml, check, words.sentence(check));
            }
            line(xml, 1);
            xml.writeEndElement();
            line(xml, 0);
            xml.writeEndElement();
            line(xml, 0);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("nothing goes wrong where text is written to memory", impossible);
        }
        return text.toString();
    }

    private static String count(List<Check> checks, Check.Result... results) {
        return Long.toString(checks.stream()
                .filter(check -> List.of(results).contains(check.result()))
                .count());
    }

    private static void write(XMLStreamWriter xml, Check check, String sentence) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", "assay.check");
        attribute(xml, "name", CheckWords.name(check));
        line(xml, 3);
        switch (check.result()) {
            case PASSED -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(allowed(sentence));
            }
            case SKIPPED -> {
                xml.writeStartElement("skipped");
                attribute(xml, "message", sentence);
            }
            case BROKEN, UNDECIDED -> {
                xml.writeStartElement("failure");
                attribute(xml, "message", sentence);
                attribute(xml, "type", Choice.key(check.result()));
            }
        }
        xml.writeEndElement();
        line(xml, 2);
        xml.writeEndElement();
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, allowed(value));
    }

    /** Names of columns may hold what XML 1.0 cannot say in any way. */
    private static String allowed(String text) {
        return text.codePoints()
                .map(point -> isAllowed(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
