package dev.countersign.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Client;
import dev.countersign.doctor.client.Replay;
import dev.countersign.doctor.report.HtmlReport;
import dev.countersign.doctor.report.JsonReport;
import dev.countersign.doctor.report.JunitReport;
import dev.countersign.doctor.report.SarifReport;
import dev.countersign.doctor.report.TerminalReport;
import dev.countersign.doctor.report.Visit;
import dev.countersign.doctor.wire.Request;
import dev.countersign.internal.Json;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ReportsTest {

  private static final Visit VISIT =
      new Visit(
          URI.create("https://mcp.example.com/mcp"),
          Instant.parse("2026-11-26T12:00:00Z"),
          List.of(
              new Finding(CheckId.D08, Severity.WARNING, "No scope."),
              new Finding(CheckId.D04, Severity.ERROR, "No \"challenge\" <&> \u0007 here.")
                  .seeing("HTTP 401")
                  .hurting(List.of("VS Code"))),
          List.of(
              new Replay(Client.VS_CODE, List.of("POST initialize: 401"), Optional.of("no login"))),
          Map.of());

  private static Map<String, Object> read(String json) throws Exception {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return Json.readObject(utf8, new Json.Limits(utf8.length, 32, 100_000, 100));
  }

  @Test
  void writesJsonForScripts() throws Exception {
    Map<String, Object> report = read(JsonReport.of(VISIT));
    assertEquals(1L, report.get("schema"));
    assertEquals(Map.of("error", 1L, "warning", 1L, "info", 0L), report.get("summary"));
    assertEquals(2, ((List<?>) report.get("findings")).size());
    assertEquals(CheckId.values().length, ((List<?>) report.get("checks")).size());
  }

  @Test
  void writesSarifWithARuleForEachResult() throws Exception {
    Map<String, Object> log = read(SarifReport.of(VISIT));
    assertEquals("2.1.0", log.get("version"));
    Map<?, ?> run = (Map<?, ?>) ((List<?>) log.get("runs")).get(0);
    Map<?, ?> driver = (Map<?, ?>) ((Map<?, ?>) run.get("tool")).get("driver");
    List<?> rules = (List<?>) driver.get("rules");
    List<?> ids = rules.stream().map(rule -> ((Map<?, ?>) rule).get("id")).toList();
    for (Object one : (List<?>) run.get("results")) {
      assertTrue(ids.contains(((Map<?, ?>) one).get("ruleId")), one::toString);
    }
  }

  @Test
  void writesXmlThatParsersRead() throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(JunitReport.of(VISIT).getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals(CheckId.values().length, suite.getElementsByTagName("testcase").getLength());
    assertEquals(1, suite.getElementsByTagName("failure").getLength());
  }

  private static String terminal(boolean colour, int width) {
    StringWriter text = new StringWriter();
    new TerminalReport(new TerminalReport.Style(colour, width, false))
        .write(VISIT, new PrintWriter(text));
    return text.toString();
  }

  @Test
  void showsTheWorstFirst() {
    String text = terminal(false, 80);
    assertTrue(text.indexOf("D04") < text.indexOf("D08"), text);
  }

  @Test
  void answersOnTheFirstLine() {
    String text = terminal(false, 80);
    assertEquals(
        "https://mcp.example.com/mcp: vscode cannot log in",
        text.lines().findFirst().orElseThrow(),
        text);
    assertTrue(text.contains("1 error, 1 warning, 0 notes; 0 requests"), text);
  }

  @Test
  void usesColourOnlyWhereItIsSeen() {
    assertTrue(terminal(true, 80).contains("\u001b["));
    assertFalse(terminal(false, 80).contains("\u001b["));
  }

  @Test
  void fitsTheTerminal() {
    terminal(false, 60)
        .lines()
        .filter(line -> line.startsWith("      "))
        .forEach(line -> assertTrue(line.length() <= 60, line));
  }

  @Test
  void O14_everyCheckNamesTheRulesItHolds() {
    for (CheckId check : CheckId.values()) {
      assertFalse(check.requirements().isEmpty(), check.name());
    }
  }

  @Test
  void writesAPageThatRunsAndFetchesNothing() {
    Visit hostile =
        new Visit(
            URI.create("https://mcp.example.com/mcp"),
            Instant.EPOCH,
            List.of(
                new Finding(CheckId.D54, Severity.WARNING, "m")
                    .seeing("<script>alert(1)</script><img src=x onerror=alert(2)>")),
            List.of(),
            Map.of());
    String page = HtmlReport.of(hostile);
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("<img"), page);
    assertTrue(page.contains("&lt;script&gt;"), page);
    assertTrue(page.contains("default-src 'none'"), page);
  }

  @Test
  void LG1_printsNoCredentials() {
    Request request =
        Request.of("GET", URI.create("https://h/mcp?access_token=secret1&x=1"))
            .with("Authorization", "Bearer secret2")
            .with("DPoP", "secret3");
    assertFalse(request.toString().contains("secret"), request.toString());
  }
}
