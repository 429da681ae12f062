package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places where no token is looked for. */
abstract class PlaceRules extends CredentialRules {

  @Test
  void T06_T07_S03_AH19_takesNoTokenFromTheQuery() throws IOException {
    String target = "/mcp?access_token=" + tokens().valid();

    refused(401, Refusal.NO_TOKEN, RawRequest.of("POST", target).json(INITIALIZE));

    standard().decision().ifPresent(event -> assertTrue(event.tokenInQuery()));
  }

  @Test
  void T15_takesTheFieldAndIgnoresTheQuery() throws IOException {
    RawRequest request = RawRequest.of("POST", "/mcp?access_token=other").json(INITIALIZE);

    seen(standard(), request.bearer(tokens().valid()));
    refused(401, Refusal.INVALID_TOKEN, request.bearer("bad"));
  }

  @Test
  void T09_AH20_takesNoTokenFromAForm() throws IOException {
    byte[] form = ("access_token=" + tokens().valid()).getBytes(StandardCharsets.US_ASCII);

    refused(
        401,
        Refusal.NO_TOKEN,
        RawRequest.of("POST", "/mcp")
            .with("Content-Type", "application/x-www-form-urlencoded")
            .body(form));
  }

  @Test
  void T10_T11_L08_AH22_AH24_takesNoTokenFromOtherFields() throws IOException {
    String token = tokens().valid();
    for (String name :
        List.of(
            "X-Access-Token",
            "X-Auth-Token",
            "X-Authorization",
            "X-Forwarded-Access-Token",
            "Mcp-Param-Authorization",
            "Authorization2",
            "Authoriz-ation",
            "X-Remote-User",
            "X-SSL-Client-Cert",
            "Client-Cert")) {
      refused(401, Refusal.NO_TOKEN, post().with(name, "Bearer " + token));
    }
    refused(401, Refusal.NO_TOKEN, post().with("Proxy-Authorization", "Bearer " + token));
    refused(
        401,
        Refusal.NO_TOKEN,
        post().with("Cookie", "access_token=" + token + "; Authorization=Bearer " + token));
    refused(
        401,
        Refusal.NO_TOKEN,
        rpc(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":"
                + "{\"authorization\":\"Bearer "
                + token
                + "\"}}}"));
  }

  @Test
  void T12_N01_takesNoSessionForAToken() throws IOException {
    reached(
        standard(),
        post()
            .bearer(tokens().valid())
            .with("MCP-Protocol-Version", "2026-07-28")
            .with("Mcp-Session-Id", "s-1")
            .with("Cookie", "JSESSIONID=1"));

    refused(
        401, Refusal.NO_TOKEN, post().with("Mcp-Session-Id", "s-1").with("Cookie", "JSESSIONID=1"));
  }

  @Test
  void T20_AH23_HT5_takesNoTokenFromATrailer() throws IOException {
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .with("Content-Type", "application/json")
            .with("Trailer", "Authorization")
            .chunked(INITIALIZE, "Authorization: Bearer " + tokens().valid());

    neverReaches(standard(), request);
  }
}
