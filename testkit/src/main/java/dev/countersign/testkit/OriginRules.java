package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Browsers: which origins may call, and what lets a page read the answers. */
abstract class OriginRules extends MetadataRules {

  private static final String PAGE = "https://app.example";

  private static RawRequest preflight(String origin, String fields) {
    return RawRequest.of("OPTIONS", "/mcp")
        .with("Origin", origin)
        .with("Access-Control-Request-Method", "POST")
        .with("Access-Control-Request-Headers", fields);
  }

  private void refusedWithoutChallenge(RawRequest request) throws IOException {
    RawResponse response = refused(403, request);
    assertEquals(List.of(), response.values("WWW-Authenticate"), response::toString);
    assertEquals(List.of(), response.values("Access-Control-Allow-Origin"), response::toString);
    assertEquals(List.of(), response.values("Access-Control-Allow-Headers"), response::toString);
  }

  @Test
  void H01_H02_H03_H06_S36_MC5_MC6_refusesAForeignOriginBeforeAnythingElse() throws IOException {
    for (String method : List.of("POST", "GET", "DELETE", "OPTIONS", "PUT")) {
      for (String path : List.of("/mcp", "/sse", "/messages")) {
        RawRequest request = RawRequest.of(method, path).with("Origin", "https://evil.example");
        refusedWithoutChallenge(request);
        refusedWithoutChallenge(request.bearer(tokens().valid()));
        refusedWithoutChallenge(request.bearer("bad"));
      }
    }
  }

  @Test
  void H04_H05_MC2_comparesOriginsExactly() throws IOException {
    for (String origin :
        List.of(
            "null",
            "http://app.example",
            "https://app.example:8443",
            "https://app.example:443",
            "https://app.example.",
            "https://app.example/",
            "https://app.example/x",
            "https://APP.example",
            "https://app.example.evil.com",
            "https://evil-app.example",
            "https://app.example, https://app.example",
            "https://app.example https://evil.example",
            "https://mcp.example.com.evil.com",
            "app.example")) {
      refusedWithoutChallenge(post().bearer(tokens().valid()).with("Origin", origin));
    }
  }

  @Test
  void MC2_refusesTwoOrigins() throws IOException {
    refusedWithoutChallenge(
        post().bearer(tokens().valid()).with("Origin", PAGE).with("Origin", PAGE));
  }

  @Test
  void H04_H05_admitsListedOwnAndAbsentOrigins() throws IOException {
    RawRequest request = post().bearer(tokens().valid());

    reached(standard(), request);
    reached(standard(), request.with("Origin", PAGE));
    reached(standard(), request.with("Origin", "https://mcp.example.com"));
  }

  @Test
  void H09_H10_AH29_answersThePreflightOfAnAllowedOrigin() throws IOException {
    for (String name :
        List.of(
            "Authorization",
            "Content-Type",
            "Accept",
            "MCP-Protocol-Version",
            "Mcp-Method",
            "Mcp-Name",
            "Mcp-Param-City",
            "Mcp-Session-Id",
            "Last-Event-ID")) {
      RawResponse response = standard().send(preflight(PAGE, name.toLowerCase(Locale.ROOT)));

      assertEquals(204, response.status(), name);
      assertEquals(Optional.of(PAGE), response.value("Access-Control-Allow-Origin"));
      assertTrue(listed(response, "Access-Control-Allow-Headers", name), response::toString);
      for (String method : List.of("POST", "GET", "DELETE", "OPTIONS")) {
        assertTrue(listed(response, "Access-Control-Allow-Methods", method), response::toString);
      }
      assertEquals(List.of(), response.values("WWW-Authenticate"));
    }
    assertEquals(0, standard().application().invocations());
  }

  private static boolean listed(RawResponse response, String field, String element) {
    return List.of(response.value(field).orElse("").split(", *")).stream()
        .anyMatch(element::equalsIgnoreCase);
  }

  @Test
  void H06_H09_refusesThePreflightOfAForeignOrigin() throws IOException {
    refusedWithoutChallenge(preflight("https://evil.example", "authorization"));
  }

  @Test
  void H09_AH29_challengesOptionsThatIsNoPreflight() throws IOException {
    RawRequest options = RawRequest.of("OPTIONS", "/mcp");

    refused(401, Refusal.NO_TOKEN, options);
    refused(401, Refusal.NO_TOKEN, options.with("Origin", PAGE));
    refused(401, Refusal.NO_TOKEN, options.with("Access-Control-Request-Method", "POST"));
    refused(
        401,
        Refusal.NO_TOKEN,
        RawRequest.of("POST", "/mcp")
            .with("Origin", PAGE)
            .with("Access-Control-Request-Method", "POST"));
  }

  @Test
  void H11_H12_CH12_letsThePageReadEveryAnswer() throws IOException {
    RawRequest request = post().with("Origin", PAGE);
    readable(refused(401, request));
    readable(refused(401, request.bearer("bad")));
    readable(refused(400, request.bearer("a").bearer("b")));
    readable(refused(403, request.bearer(tokens().mint().scope("other").text())));
    readable(
        refused(stand(Setup.OUTAGE), 503, request.bearer(unreachable().tokens(RESOURCE).valid())));
    readable(reached(standard(), request.bearer(tokens().valid())));
    for (int status : List.of(404, 405, 500)) {
      RawResponse response =
          reached(
              standard(),
              request.bearer(tokens().valid()).with(ProbeApplication.PROBE, "status " + status));
      assertEquals(status, response.status());
      readable(response);
    }
  }

  private static void readable(RawResponse response) {
    assertEquals(
        Optional.of(PAGE), response.value("Access-Control-Allow-Origin"), response::toString);
    assertTrue(listed(response, "Vary", "Origin"), response::toString);
    for (String name : List.of("WWW-Authenticate", "Mcp-Session-Id", "Retry-After")) {
      assertTrue(listed(response, "Access-Control-Expose-Headers", name), response::toString);
    }
    assertEquals(
        List.of(), response.values("Access-Control-Allow-Credentials"), response::toString);
  }
}
