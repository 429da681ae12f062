package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ToolCallIdTest {

  private static Optional<Object> id(String json) {
    return id("application/json", json);
  }

  private static Optional<Object> id(String contentType, String json) {
    return ToolCallId.of(
        JsonRpcBody.read(
            new BodyFields(List.of(contentType), List.of(), List.of(), List.of(), List.of()),
            json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String call(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}";
  }

  @Test
  void U25_findsAStringOrAnInteger() {
    assertEquals(Optional.of("a\"\u00e9"), id(call("\"a\\\"\u00e9\"")));
    assertEquals(Optional.of(7L), id(call("7")));
    assertEquals(Optional.of(-1L), id(call("-1")));
    assertEquals(Optional.of("a".repeat(256)), id(call("\"" + "a".repeat(256) + "\"")));
  }

  @Test
  void U25_BP28_takesNoOtherIdentifier() {
    for (String bad :
        List.of("null", "true", "1.5", "1e3", "{}", "[]", "99999999999999999999", "[1]")) {
      assertEquals(Optional.empty(), id(call(bad)), bad);
    }
    assertEquals(Optional.empty(), id(call("\"" + "a".repeat(257) + "\"")));
  }

  @Test
  void U25_takesOneCallOfAToolOnly() {
    assertEquals(Optional.empty(), id("[" + call("7") + "]"));
    assertEquals(Optional.empty(), id("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}"));
    assertEquals(
        Optional.empty(),
        id("{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}"));
    assertEquals(Optional.empty(), id(call("7") + "x"));
    assertEquals(Optional.empty(), id("text/plain", call("7")));
  }
}
