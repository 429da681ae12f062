package dev.countersign.doctor.report;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The checks as a JUnit XML report: an error is a failure, everything else passes. */
public final class JunitReport {

  private JunitReport() {}

  /**
   * Writes one test case for each check.
   *
   * @param visit what was found
   * @return the document
   */
  public static String of(Visit visit) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      write(visit, xml);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text.toString();
  }

  private static void write(Visit visit, XMLStreamWriter xml) throws XMLStreamException {
    long failures =
        visit.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .map(Finding::check)
            .distinct()
            .count();
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "countersign-doctor " + visit.url());
    xml.writeAttribute("tests", String.valueOf(CheckId.values().length));
    xml.writeAttribute("failures", String.valueOf(failures));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", "0");
    xml.writeAttribute("timestamp", visit.at().toString());
    for (CheckId check : CheckId.values()) {
      write(
          check,
          visit.findings().stream().filter(finding -> finding.check() == check).toList(),
          xml);
    }
    xml.writeEndElement();
    xml.writeEndDocument();
  }

  private static void write(CheckId check, List<Finding> findings, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "doctor." + check.part());
    xml.writeAttribute("name", check + " " + check.title());
    for (Finding finding : findings) {
      boolean failure = finding.severity() == Severity.ERROR;
      xml.writeStartElement(failure ? "failure" : "system-out");
      if (failure) {
        xml.writeAttribute("message", printable(finding.message()));
      }
      xml.writeCharacters(printable(finding.message() + "\n" + finding.seen()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  // XML 1.0 section 2.2 has no place for other control characters.
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }
}
