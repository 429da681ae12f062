package dev.countersign.doctor.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.doctor.check.CheckId;
import dev.countersign.doctor.check.Finding;
import dev.countersign.doctor.check.Severity;
import dev.countersign.doctor.client.Client;
import dev.countersign.doctor.client.Replay;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static final Replay LOGS_IN =
      new Replay(
          Client.TYPESCRIPT_SDK,
          List.of(
              "POST initialize: 401",
              "reads metadata URL https://h.example/.well-known/oauth-protected-resource/mcp",
              "GET https://h.example/.well-known/oauth-protected-resource/mcp (the challenge): 200",
              "GET https://id.example/.well-known/oauth-authorization-server: 200",
              "opens https://id.example/authorize"),
          Optional.empty());
  private static final Replay STOPS =
      new Replay(
          Client.CODEX,
          List.of(
              "GET: 401",
              "reads no metadata URL",
              "GET https://h.example/.well-known/oauth-protected-resource/mcp (the path): 404"),
          Optional.of("it finds no <metadata>"));

  @Test
  void drawsTheFirstClientThatStops() {
    String page = page(List.of(LOGS_IN, STOPS));
    assertTrue(page.contains("<h2>What codex does</h2>"), page);
    assertTrue(page.contains("stops: it finds no &lt;metadata&gt;</text>"), page);
    assertTrue(page.contains("1 of 2 clients get to the login."), page);
  }

  @Test
  void drawsTheFirstClientIfNoneStops() {
    assertTrue(page(List.of(LOGS_IN)).contains("<h2>What typescript-sdk does</h2>"));
    assertFalse(page(List.of()).contains("<svg"));
  }

  @Test
  void drawsWhoIsAskedAndWhatComesBack() {
    String svg = SequenceDiagram.of(LOGS_IN);
    assertEquals(1, occurrences(svg, ">POST initialize</text>"), svg);
    assertEquals(1, occurrences(svg, ">GET …/oauth-protected-resource/mcp</text>"), svg);
    assertEquals(1, occurrences(svg, ">opens /authorize</text>"), svg);
    // Twice to the MCP server, the document and the login at the authorization server.
    assertEquals(2, occurrences(svg, "x1=\"62\" y1=\"\\d+\" x2=\"200\""), svg);
    assertEquals(2, occurrences(svg, "x1=\"62\" y1=\"\\d+\" x2=\"338\""), svg);
    assertEquals(0, occurrences(svg, "\"bad\""), svg);
    assertTrue(svg.contains("The user can log in."), svg);
  }

  @Test
  void marksWhatDidNotGoWell() {
    String svg = SequenceDiagram.of(STOPS);
    assertEquals(1, occurrences(svg, "<text class=\"bad\"[^>]*>reads no metadata URL<"), svg);
    assertEquals(1, occurrences(svg, "<text class=\"bad\"[^>]*>404<"), svg);
    assertEquals(1, occurrences(svg, "<text class=\"dim\"[^>]*>401<"), svg);
  }

  @Test
  void cutsWhatIsTooLong() {
    String long1 = "GET https://h.example/" + "a".repeat(200) + " (the challenge): 200";
    String svg =
        SequenceDiagram.of(
            new Replay(
                Client.CODEX,
                Collections.nCopies(20, long1),
                Optional.of("word ".repeat(40).strip())));
    assertEquals(12, occurrences(svg, "a…</text>"), svg);
    assertTrue(svg.contains("… and 8 steps more"), svg);
    assertEquals(4, occurrences(svg, "(stops: )?(word ?)+</text>"), svg);
  }

  @Test
  void saysInWordsHowBadAFindingIs() {
    Finding finding = new Finding(CheckId.D54, Severity.INFO, "m");
    Visit visit =
        new Visit(
            URI.create("https://h.example/mcp"),
            Instant.parse("2026-01-02T03:04:05.678Z"),
            List.of(finding),
            List.of(),
            Map.of());
    String page = HtmlReport.of(visit);
    assertTrue(page.contains("<b>note</b> D54"), page);
    assertTrue(
        page.contains("0 errors, 0 warnings, 1 note; 0 requests, 2026-01-02T03:04:05Z"), page);
  }

  @Test
  void isAsBadAsTheExitCode() {
    assertTrue(page(List.of(STOPS)).contains("Codex cannot log in."));
    assertTrue(page(List.of(LOGS_IN)).contains("Typescript-sdk reaches the login."));
  }

  private static String page(List<Replay> clients) {
    return HtmlReport.of(
        new Visit(
            URI.create("https://h.example/mcp"), Instant.EPOCH, List.of(), clients, Map.of()));
  }

  private static int occurrences(String text, String pattern) {
    return text.split(pattern, -1).length - 1;
  }
}
