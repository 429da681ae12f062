package dev.countersign.conformance;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The report as JUnit XML, one test case for each rule. A MUST that is broken is a failure, what
 * could not be tried is skipped; a SHOULD that is broken passes, with why in its output.
 */
public final class JunitReport {

  private JunitReport() {}

  /**
   * Writes the report.
   *
   * @param report what came of the suite
   * @return the document
   */
  public static String of(Report report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      write(report, xml);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static void write(Report report, XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", printable("MCP authorization " + report.name()));
    xml.writeAttribute("tests", String.valueOf(report.outcomes().size()));
    long failures = report.tried(Level.MUST) - report.kept(Level.MUST);
    xml.writeAttribute("failures", String.valueOf(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", String.valueOf(report.untried()));
    for (Map.Entry<Rule, Outcome> one : report.outcomes().entrySet()) {
      write(one.getKey(), one.getValue(), xml);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static void write(Rule rule, Outcome outcome, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "conformance." + rule.level());
    xml.writeAttribute("name", rule.id() + " " + rule.title());
    String why = printable(outcome.why());
    if (outcome instanceof Outcome.NotTried) {
      xml.writeEmptyElement("skipped");
      xml.writeAttribute("message", why);
    } else if (outcome instanceof Outcome.Broken && rule.level() == Level.MUST) {
      xml.writeEmptyElement("failure");
      xml.writeAttribute("message", why);
    } else if (outcome instanceof Outcome.Broken) {
      xml.writeStartElement("system-out");
      xml.writeCharacters("broken: " + why);
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  // XML 1.0 section 2.2 has no place for other control characters.
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }
}
