package dev.countersign.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The same result in every form. */
class ReportsTest {

  private static final Rule.Trial TRIAL = subject -> new Outcome.Kept();

  private static Report report(Outcome must, Outcome should) {
    Map<Rule, Outcome> outcomes = new LinkedHashMap<>();
    outcomes.put(Rule.must("S01", "no token: 401", TRIAL), must);
    outcomes.put(Rule.should("S12", "the challenge names a scope", TRIAL), should);
    outcomes.put(
        Rule.must("D10", "htm is the method", TRIAL), new Outcome.NotTried("no bound token"));
    return new Report("http://localhost/mcp", outcomes);
  }

  private static Report broken() {
    return report(new Outcome.Broken("the value is <\u0001>"), new Outcome.Broken("none"));
  }

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, Object> json(String text) throws JsonException {
    return Json.readObject(text.getBytes(StandardCharsets.UTF_8), Json.Limits.DOCUMENT);
  }

  @Test
  void writesJson() throws JsonException {
    Map<String, Object> document = json(JsonReport.of(broken()));

    assertEquals(false, document.get("conforms"));
    assertEquals(
        Map.of(
            "must", Map.of("kept", 0L, "broken", 1L, "notTried", 1L),
            "should", Map.of("kept", 0L, "broken", 1L, "notTried", 0L)),
        document.get("summary"));
    List<?> rules = assertInstanceOf(List.class, document.get("rules"));
    assertEquals(3, rules.size());
    assertEquals(
        Map.of(
            "id", "D10",
            "level", "MUST",
            "title", "htm is the method",
            "outcome", "not tried",
            "why", "no bound token"),
        rules.get(2));
  }

  @Test
  void writesJunitXml() throws Exception {
    Element suite = xml(JunitReport.of(broken())).getDocumentElement();

    assertEquals("3", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals("1", suite.getAttribute("skipped"));
    assertEquals(1, suite.getElementsByTagName("failure").getLength());
    assertEquals(
        "the value is <?>",
        ((Element) suite.getElementsByTagName("failure").item(0)).getAttribute("message"));
    assertEquals(1, suite.getElementsByTagName("skipped").getLength());
    assertEquals("broken: none", suite.getElementsByTagName("system-out").item(0).getTextContent());
  }

  @Test
  void drawsABadge() throws Exception {
    Badge badge = Badge.of(report(new Outcome.Kept(), new Outcome.Broken("none")));

    assertEquals(
        "MCP authorization: MUST 1/1 SHOULD 0/1",
        xml(badge.svg()).getDocumentElement().getAttribute("aria-label"));
    assertEquals("MUST 1/1 SHOULD 0/1", json(badge.json()).get("message"));
  }

  @Test
  void theColourOfABadgeTellsWhatIsBroken() throws JsonException {
    Outcome kept = new Outcome.Kept();
    Object green = json(Badge.of(report(kept, kept)).json()).get("color");
    Object yellow = json(Badge.of(report(kept, new Outcome.Broken("x"))).json()).get("color");
    Object red = json(Badge.of(report(new Outcome.Broken("x"), kept)).json()).get("color");
    Outcome nothing = new Outcome.NotTried("x");

    assertEquals(3, List.of(green, yellow, red).stream().distinct().count());
    assertEquals(
        red, json(Badge.of(report(nothing, nothing)).json()).get("color"), "nothing was tried");
  }

  @Test
  void joinsTwoReports() {
    Outcome kept = new Outcome.Kept();
    Outcome none = new Outcome.NotTried("x");
    Outcome broken = new Outcome.Broken("x");
    Report joined = report(kept, none).with(report(none, broken));

    assertEquals(1, joined.kept(Level.MUST));
    assertEquals(1, joined.tried(Level.SHOULD));
    assertEquals(0, joined.kept(Level.SHOULD));
    assertFalse(report(kept, kept).with(report(broken, kept)).conforms());
    assertTrue(joined.text(false).contains("BROKEN    SHOULD S12 "), joined.text(false));
  }
}
