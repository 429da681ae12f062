package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.oauth.BearerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scopes of every request, and of single tools. */
abstract class ScopeRules extends MessageRules {

  private static String call(String tool) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":{}}}";
  }

  private RawRequest call(String scope, String json) {
    return rpc(json).bearer(tokens().mint().scope(scope).text());
  }

  private void needs(String scope, RawRequest request) throws IOException {
    RawResponse response = refused(stand(Setup.TOOLS), 403, request);
    assertEquals(Optional.of(Refusal.insufficientScope(scope)), response.value("WWW-Authenticate"));
  }

  @Test
  void S09_S10_S13_CH7_refusesATokenWithoutTheRequiredScope() throws IOException {
    for (String scope : List.of("other", "mcp:readx", "MCP:READ", "")) {
      refused(
          403,
          Refusal.insufficientScope("mcp:read"),
          post().bearer(tokens().mint().scope(scope).text()));
    }
    refused(
        403,
        Refusal.insufficientScope("mcp:read"),
        post().bearer(tokens().mint().without("scope").text()));
  }

  @Test
  void U01_U02_S10_BP2_namesEveryScopeOfTheToolAtOnce() throws IOException {
    needs("mcp:read files:read files:write", call("mcp:read", call("delete_file")));
    needs("mcp:read files:read files:write", call("mcp:read files:read", call("delete_file")));
    needs("mcp:read files:read", call("mcp:read", call("read_file")));
  }

  @Test
  void U24_U01_U26_succeedsWithTheScopesOfTheChallenge() throws IOException {
    Stand tools = stand(Setup.TOOLS);
    String json = call("delete_file");
    Map<String, String> challenge =
        Refusal.challenged(
            refused(tools, 403, call("mcp:read", json)), BearerError.INSUFFICIENT_SCOPE);

    ProbeApplication.Seen seen = seen(tools, call(challenge.getOrDefault("scope", ""), json));

    assertEquals(json, seen.body());
  }

  @Test
  void U09_U19_admitsWhatNeedsNoMore() throws IOException {
    for (String json :
        List.of(
            INITIALIZE,
            call("no_such_tool"),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")) {
      assertEquals(json, seen(stand(Setup.TOOLS), call("mcp:read", json)).body());
    }
  }

  @Test
  void U15_H25_decidesByTheBodyNotByAField() throws IOException {
    RawRequest request = call("mcp:read", call("delete_file"));

    needs(
        "mcp:read files:read files:write",
        request.with("Mcp-Method", "tools/call").with("Mcp-Name", "no_such_tool"));
    needs(
        "mcp:read files:read files:write",
        request.with("MCP-Protocol-Version", "2025-11-25").with("Mcp-Name", "x"));
  }

  @Test
  void U17_BP17_judgesABatchAsAWhole() throws IOException {
    needs(
        "mcp:read files:read files:write",
        call("mcp:read", "[" + INITIALIZE + "," + call("delete_file") + "]"));
  }

  @Test
  void U20_refusesAStreamBeforeItBegins() throws IOException {
    needs(
        "mcp:read files:read files:write",
        call("mcp:read", call("delete_file")).with(ProbeApplication.PROBE, "stream"));
  }

  @Test
  void BP3_BP20_BP21_readsTheNameOfTheTool() throws IOException {
    needs("mcp:read files:read", call("mcp:read", call("read\\u005ffile")));
    needs(
        "mcp:read files:read",
        call(
            "mcp:read",
            "{\"params\":{\"arguments\":{\"name\":\"x\"},\"name\":\"read_file\"},\"name\":\"y\","
                + "\"method\":\"tools\\/call\",\"id\":1,\"jsonrpc\":\"2.0\"}"));
  }

  @Test
  void U18_BP4_BP5_BP8_BP13_BP15_BP16_refusesWhatCouldBeReadInTwoWays() throws IOException {
    String call = call("read_file");
    for (String json :
        List.of(
            "",
            "{}",
            "null",
            "[]",
            "{broken",
            "\ufeff" + call,
            call + call,
            call + "x",
            call.replace("\"id\":7", "\"id\":7,\"method\":\"ping\""),
            call.replace("\"arguments\":{}", "\"arguments\":{},\"name\":\"x\""),
            call.replace("\"arguments\":{}", "\"arguments\":{\"a\":{\"b\":1,\"b\":2}}"),
            call.replace("\"name\"", "'name'"),
            call.replace("\"read_file\"", "1"),
            call.replace("}}", "},}"))) {
      RawResponse response = refused(stand(Setup.TOOLS), 400, call("mcp:read", json));
      assertEquals(List.of(), response.values("WWW-Authenticate"), json);
    }
  }

  @Test
  void BP7_BP9_refusesAnotherEncoding() throws IOException {
    String call = call("read_file");
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .bearer(tokens().valid())
            .with("Content-Type", "application/json");

    refused(stand(Setup.TOOLS), 400, request.body(call.getBytes(StandardCharsets.UTF_16LE)));
    refused(
        stand(Setup.TOOLS),
        400,
        request.body(call.replace("7", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void BP10_BP11_HT12_refusesABodyThatIsNotPlainJson() throws IOException {
    byte[] body = call("read_file").getBytes(StandardCharsets.UTF_8);
    RawRequest request =
        RawRequest.of("POST", "/mcp").bearer(tokens().mint().scope("mcp:read files:read").text());
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/json; charset=utf-7",
            "application/vnd.x+json")) {
      refused(stand(Setup.TOOLS), 415, request.with("Content-Type", type).body(body));
    }
    refused(stand(Setup.TOOLS), 415, request.body(body));
  }

  @Test
  void BP10_HT12_refusesACodedBody() throws IOException {
    needs(Capability.CONTENT_CODINGS);
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .bearer(tokens().mint().scope("mcp:read files:read").text())
            .with("Content-Type", "application/json")
            .with("Content-Encoding", "gzip")
            .body(call("read_file").getBytes(StandardCharsets.UTF_8));

    refused(stand(Setup.TOOLS), 415, request);
  }

  // The limit is 1048576 bytes unless configured otherwise.
  @Test
  void BP31_BP32_readsABodyUpToTheLimit() throws IOException {
    String atLimit = INITIALIZE + " ".repeat(1_048_576 - INITIALIZE.length());
    RawRequest request =
        RawRequest.of("POST", "/mcp")
            .bearer(tokens().valid())
            .with("Content-Type", "application/json");

    assertEquals(1_048_576, seen(stand(Setup.TOOLS), request.json(atLimit)).body().length());
    assertEquals(1_048_576, seen(stand(Setup.TOOLS), request.chunked(atLimit)).body().length());
    refused(stand(Setup.TOOLS), 413, request.json(atLimit + " "));
    refused(stand(Setup.TOOLS), 413, request.chunked(atLimit + " "));
    refused(stand(Setup.TOOLS), 413, request.json(atLimit + " ".repeat(1_048_576)));
  }

  @Test
  void F4_refusesTheTokenBeforeTheBodyIsRead() throws IOException {
    refused(stand(Setup.TOOLS), 401, rpc("{broken").bearer("bad"));
  }
}
