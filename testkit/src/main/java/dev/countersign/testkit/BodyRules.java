package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies that are read for a rule: what is refused with which code, and what has to agree. */
abstract class BodyRules extends ScopeRules {

  private static final int NO_JSON = -32700;
  private static final int NO_MESSAGE = -32600;
  private static final int NO_NAME = -32602;
  private static final int MISMATCH = -32020;

  private static final String REVISION = "2026-07-28";

  private static String message(String members) {
    return "{\"jsonrpc\":\"2.0\"," + members + "}";
  }

  private static String tool(String name) {
    return message("\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + name + "\"}");
  }

  private RawRequest good(String json) {
    return rpc(json).bearer(tokens().mint().scope("mcp:read files:read").text());
  }

  private void refusedAs(int code, RawRequest request) throws IOException {
    RawResponse response = refused(stand(Setup.TOOLS), 400, request);
    assertEquals(List.of(), response.values("WWW-Authenticate"));
    assertEquals(
        code,
        response.json().get("error") instanceof Map<?, ?> error
                && error.get("code") instanceof Number said
            ? said.intValue()
            : 0,
        () -> request + " -> " + response.text());
  }

  private void passes(RawRequest request, String body) throws IOException {
    assertEquals(body, seen(stand(Setup.TOOLS), request).body());
  }

  @Test
  void BP7_BP8_BP9_BP13_BP15_BP16_BP29_BP30_refusesWhatIsNoJson() throws IOException {
    String call = tool("read_file");
    for (String json :
        List.of(
            "",
            "{broken",
            "\ufeff" + call,
            call + call,
            call + "\0",
            call.replace("7", "07"),
            call.replace("}}", "},}"),
            call.replace("7", "7,\"x\":" + "[".repeat(64) + "]".repeat(64)),
            call.replace("7", "7,\"x\":" + "[".repeat(100_000) + "]".repeat(100_000)),
            call.replace("7", "7,\"x\":" + "9".repeat(100_000)),
            call.replace("7", "7,\"" + "n".repeat(20_000) + "\":1"))) {
      refusedAs(NO_JSON, good(json));
    }
    refusedAs(NO_JSON, good(call).body(call.getBytes(StandardCharsets.UTF_16LE)));
    refusedAs(
        NO_JSON,
        good(call).body(call.replace("7", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void U18_BP4_BP5_BP16_BP22_BP27_BP28_refusesWhatIsNoMessage() throws IOException {
    String call = tool("read_file");
    for (String json :
        List.of(
            "null",
            "{}",
            "[]",
            call.replace("2.0", "1.0"),
            call.replace("\"jsonrpc\":\"2.0\",", ""),
            call.replace("\"tools/call\"", "1"),
            call.replace("\"id\":7", "\"id\":7,\"method\":\"ping\""),
            call.replace("\"name\"", "\"n\\u0061me\":\"x\",\"name\""),
            call.replace("\"id\":7", "\"id\":7,\"x\":[{\"b\":1,\"b\":2}]"),
            call.replace("\"id\":7", "\"id\":7,\"result\":{}"),
            call.replace("7", "null"),
            call.replace("7", "1.5"),
            call.replace("7", "1e999"),
            call.replace("7", "{}"),
            call.replace("7", "9".repeat(2000)))) {
      refusedAs(NO_MESSAGE, good(json));
    }
  }

  @Test
  void BP18_BP19_refusesACallThatNamesNothing() throws IOException {
    for (String params :
        List.of(
            "", ",\"params\":null", ",\"params\":[\"read_file\"]", ",\"params\":{\"name\":1}")) {
      refusedAs(NO_NAME, good(message("\"id\":7,\"method\":\"tools/call\"" + params)));
    }
  }

  @Test
  void BP26_judgesANotificationLikeARequest() throws IOException {
    refused(stand(Setup.TOOLS), 403, good(tool("delete_file").replace("\"id\":7,", "")));
  }

  @Test
  void BP27_takesAnAnswerOfTheClientWhereTheRevisionHasThem() throws IOException {
    String answer = message("\"id\":1,\"result\":{}");
    passes(good(answer).with("MCP-Protocol-Version", "2025-11-25"), answer);
    refusedAs(NO_MESSAGE, good(answer).with("MCP-Protocol-Version", REVISION));
  }

  @Test
  void U17_BP17_judgesABatchAsAWholeWhereTheRevisionHasThem() throws IOException {
    String batch = "[" + tool("read_file") + "," + INITIALIZE + "]";
    passes(good(batch), batch);
    passes(good(batch).with("MCP-Protocol-Version", "2025-03-26"), batch);
    for (String revision : List.of("2025-06-18", "2025-11-25", REVISION)) {
      refusedAs(NO_MESSAGE, good(batch).with("MCP-Protocol-Version", revision));
    }
    refusedAs(NO_MESSAGE, good("[" + (INITIALIZE + ",").repeat(50) + INITIALIZE + "]"));
    refused(stand(Setup.TOOLS), 403, good("[" + INITIALIZE + "," + tool("delete_file") + "]"));
  }

  private RawRequest modern(String name, String... fields) {
    String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + REVISION + "\"}";
    RawRequest request =
        good(
            message(
                "\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\""
                    + name
                    + "\","
                    + meta
                    + "}"));
    for (String field : fields) {
      request = request.line(field);
    }
    return request;
  }

  private static String version(String value) {
    return "MCP-Protocol-Version: " + value;
  }

  @Test
  void MC7_MC8_MC9_MC13_U16_H22_H24_admitsWhatAgrees() throws IOException {
    Stand tools = stand(Setup.TOOLS);
    seen(
        tools,
        modern("read_file", version(REVISION), "Mcp-Method: tools/call", "Mcp-Name: read_file"));
    seen(
        tools,
        modern(
            "read_file",
            version(" " + REVISION + " "),
            "mcp-method:   tools/call  ",
            "MCP-NAME: =?base64?cmVhZF9maWxl?="));
  }

  @Test
  void MC7_MC8_MC9_U15_U16_H24_refusesFieldsThatSayAnotherCall() throws IOException {
    String version = version(REVISION);
    String method = "Mcp-Method: tools/call";
    String name = "Mcp-Name: read_file";
    for (RawRequest request :
        List.of(
            modern("read_file", version, name),
            modern("read_file", version, method),
            modern("read_file", version, "Mcp-Method: tools/list", name),
            modern("read_file", version, "Mcp-Method: Tools/call", name),
            modern("read_file", version, method, method, name),
            modern("read_file", version, method, name, name),
            modern("read_file", version, method, "Mcp-Name: no_such_tool"),
            modern("delete_file", version, method, name),
            modern("read_file", version, method, "Mcp-Name: =?BASE64?cmVhZF9maWxl?="),
            modern("read_file", version, method, "Mcp-Name: =?base64?ZGVsZXRlX2ZpbGU=?="),
            modern("read_file", version, method, "Mcp-Name: =?base64?cmVhZF9maWxl=?="),
            modern("read_file", version, method, "Mcp-Name: =?base64?cmVhZF9maWx?="))) {
      refusedAs(MISMATCH, request);
    }
  }

  @Test
  void MC10_MC11_H22_refusesAVersionThatIsNotThatOfTheBody() throws IOException {
    String[] fields = {"Mcp-Method: tools/call", "Mcp-Name: read_file"};
    refusedAs(MISMATCH, modern("read_file", fields));
    for (String version : List.of("2025-11-25", "2026-07-29", "", "latest", REVISION + "x")) {
      refusedAs(MISMATCH, modern("read_file", fields).line(version(version)));
    }
    refusedAs(
        MISMATCH, modern("read_file", fields).line(version(REVISION)).line(version("2025-11-25")));
  }

  @Test
  void H22_H24_comparesNothingWithoutARule() throws IOException {
    seen(standard(), modern("read_file", version(REVISION), "Mcp-Name: other"));
  }

  @Test
  void H13_K12_looksAtTheTokenBeforeTheBody() throws IOException {
    for (String type :
        List.of("text/plain", "multipart/form-data; boundary=x", "application/json")) {
      RawRequest request =
          RawRequest.of("POST", "/mcp")
              .with("Content-Type", type)
              .body("{broken".getBytes(StandardCharsets.US_ASCII));
      refused(stand(Setup.TOOLS), 401, request);
      refused(stand(Setup.TOOLS), 401, request.bearer("bad"));
    }
  }

  @Test
  void BP12_takesEverySpellingOfPlainJson() throws IOException {
    String call = tool("read_file");
    for (String type :
        List.of(
            "Application/JSON",
            "application/json;charset=utf-8",
            "application/json; charset=\"UTF-8\"")) {
      passes(good(call).without("Content-Type").with("Content-Type", type), call);
    }
  }

  @Test
  void HT13_takesTheCodingThatIsNone() throws IOException {
    needs(Capability.IDENTITY_CODING);
    String call = tool("read_file");
    passes(good(call).with("Content-Encoding", "identity"), call);
  }

  // A chunk for each byte, so that the body arrives in parts however it is read.
  @Test
  void BP39_BP42_readsABodyThatArrivesByteByByte() throws IOException {
    String call = tool("read_file").replace("7", "\"\ud83d\ude00\u20ac\u00e9\"");
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (byte one : call.getBytes(StandardCharsets.UTF_8)) {
      chunks.writeBytes("1\r\n".getBytes(StandardCharsets.US_ASCII));
      chunks.write(one);
      chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    passes(
        good(call)
            .without("Content-Length")
            .with("Transfer-Encoding", "chunked")
            .content(chunks.toByteArray()),
        new String(call.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }
}
