package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.countersign.oauth.Denial;
import dev.countersign.spi.JsonRpcCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcMessageTest {

  private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":1,";
  private static final String CALL =
      RPC + "\"method\":\"tools/call\",\"params\":{\"name\":\"delete\"}}";
  private static final JsonRpcCall DELETE =
      new JsonRpcCall("tools/call", "delete", Map.of("name", "delete"));

  private static JsonRpcBody read(List<String> versions, String body) {
    return JsonRpcBody.read(
        new BodyFields(
            List.of("application/json"), List.of(), versions, List.of("x"), List.of("x")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonRpcBody read(String body) {
    return read(List.of(), body);
  }

  private static JsonRpcBody calls(JsonRpcCall... calls) {
    return new JsonRpcBody.Calls(List.of(calls));
  }

  private static void assertRefused(Denial why, String body) {
    assertEquals(new JsonRpcBody.Refused(why), read(body), body);
  }

  private static String message(String method, String params) {
    String members = params.isEmpty() ? "" : ",\"params\":" + params;
    return RPC + "\"method\":\"" + method + "\"" + members + "}";
  }

  private static JsonRpcCall call(String method, String params) {
    JsonRpcBody body = read(message(method, params));
    return assertInstanceOf(JsonRpcBody.Calls.class, body, params).calls().get(0);
  }

  private static void assertNoName(String method, String params) {
    assertRefused(Denial.BODY_NO_NAME, message(method, params));
  }

  @Test
  void BP33_readsWhatEveryMethodNames() {
    for (String method :
        List.of("resources/read", "resources/subscribe", "resources/unsubscribe")) {
      assertEquals(
          new JsonRpcCall(method, "file:///a/../b%2F", Map.of("uri", "file:///a/../b%2F")),
          call(method, "{\"uri\":\"file:///a/../b%2F\"}"));
    }
    for (String method : List.of("tasks/get", "tasks/result", "tasks/update", "tasks/cancel")) {
      assertEquals("t1", call(method, "{\"taskId\":\"t1\",\"name\":\"x\"}").name());
    }
    assertEquals("p", call("prompts/get", "{\"name\":\"p\",\"uri\":\"u\"}").name());
    assertEquals("", call("tools/list", "{\"name\":\"p\"}").name());
    String reference = "{\"ref\":{\"type\":\"ref/%s\",\"name\":\"p\",\"uri\":\"u\"}}";
    assertEquals("p", call("completion/complete", String.format(reference, "prompt")).name());
    assertEquals("u", call("completion/complete", String.format(reference, "resource")).name());
  }

  @Test
  void BP33_MC32_listeningNeedsWhatSubscribingNeeds() {
    JsonRpcBody both =
        read(
            message(
                "subscriptions/listen",
                "{\"notifications\":{\"resourceSubscriptions\":[\"a:b\",\"c:d\"]}}"));

    assertEquals(
        List.of("subscriptions/listen:", "resources/subscribe:a:b", "resources/subscribe:c:d"),
        assertInstanceOf(JsonRpcBody.Calls.class, both).calls().stream()
            .map(one -> one.method() + ":" + one.name())
            .toList());
    assertEquals("", call("subscriptions/listen", "{\"notifications\":{}}").name());
    for (String bad :
        List.of(
            "{\"notifications\":[]}",
            "{\"notifications\":null}",
            "{\"notifications\":{\"resourceSubscriptions\":\"a:b\"}}",
            "{\"notifications\":{\"resourceSubscriptions\":{}}}",
            "{\"notifications\":{\"resourceSubscriptions\":[\"a:b\",null]}}",
            "{\"notifications\":{\"resourceSubscriptions\":[[\"a:b\"]]}}")) {
      assertNoName("subscriptions/listen", bad);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":null}",
        "{\"name\":1}",
        "{\"name\":\"\"}",
        "{\"name\":{}}",
        "{\"name\":[\"delete\"]}",
        "{\"Name\":\"delete\"}",
        "[]",
        "null",
        "\"delete\"",
        "[\"delete\"]",
        ""
      })
  void BP18_BP19_refusesACallThatNamesNothing(String params) {
    for (String method :
        List.of(
            "tools/call",
            "prompts/get",
            "resources/read",
            "resources/subscribe",
            "resources/unsubscribe",
            "tasks/get",
            "completion/complete")) {
      assertNoName(method, params);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ref\":\"p\"}",
        "{\"ref\":{\"name\":\"p\"}}",
        "{\"ref\":{\"type\":\"ref/tool\",\"name\":\"p\"}}",
        "{\"ref\":{\"type\":\"ref/prompt\",\"uri\":\"p\"}}",
        "{\"ref\":{\"type\":\"ref/resource\",\"name\":\"p\"}}"
      })
  void BP33_refusesACompletionOfNothing(String params) {
    assertNoName("completion/complete", params);
  }

  @Test
  void BP19_paramsAreAnObjectForEveryMethod() {
    assertNoName("ping", "[]");
    assertNoName("ping", "\"x\"");
    assertNoName("ping", "1");
    assertEquals(new JsonRpcCall("ping", ""), call("ping", "null"));
    assertEquals(new JsonRpcCall("ping", ""), call("ping", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void BP16_refusesNothing(String body) {
    assertRefused(Denial.BODY_UNREADABLE, body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "1",
        "\"tools/call\"",
        "true",
        "{}",
        "[]",
        "[null]",
        "[[]]",
        "[{}]",
        "{\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}"
      })
  void BP16_refusesWhatIsNoMessage(String body) {
    assertRefused(Denial.BODY_NO_MESSAGE, body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "{}", "[\"tools/call\"]", "true", "\"\""})
  void BP22_refusesAMethodThatIsNoText(String method) {
    assertRefused(
        Denial.BODY_NO_MESSAGE,
        RPC + "\"method\":" + method + ",\"params\":{\"name\":\"delete\"}}");
    assertRefused(Denial.BODY_NO_MESSAGE, RPC + "\"method\":" + method + ",\"result\":{}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1.0\"", "2.0", "2", "null", "\"2.0 \"", "[\"2.0\"]", "\"\""})
  void BP22_refusesAnotherVersionOfJsonRpc(String version) {
    assertRefused(Denial.BODY_NO_MESSAGE, CALL.replace("\"2.0\"", version));
    assertRefused(Denial.BODY_NO_MESSAGE, CALL.replace("\"jsonrpc\":\"2.0\",", ""));
  }

  @Test
  void BP26_readsANotificationLikeARequest() {
    assertEquals(calls(DELETE), read(CALL.replace("\"id\":1,", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"id\":1,\"result\":{}", "\"id\":\"a\",\"error\":{\"code\":1}"})
  void BP27_readsAnAnswerOfTheClientWhereTheRevisionHasThem(String members) {
    String body = "{\"jsonrpc\":\"2.0\"," + members + "}";
    for (List<String> versions :
        List.of(List.<String>of(), List.of("2025-03-26"), List.of("2025-11-25"))) {
      assertEquals(calls(new JsonRpcCall("", "")), read(versions, body));
    }
    assertEquals(
        new JsonRpcBody.Refused(Denial.BODY_NO_MESSAGE), read(List.of("2026-07-28"), body));
  }

  @Test
  void BP27_refusesACallThatIsAnAnswerAsWell() {
    assertRefused(Denial.BODY_NO_MESSAGE, CALL.replace("\"id\":1,", "\"id\":1,\"result\":{},"));
    assertRefused(Denial.BODY_NO_MESSAGE, CALL.replace("\"id\":1,", "\"error\":null,"));
    assertRefused(Denial.BODY_NO_MESSAGE, RPC + "\"result\":{},\"error\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[1]",
        "true",
        "false",
        "1.5",
        "1.0",
        "1e3",
        "1e999",
        "-1e-999",
        "null",
        "9223372036854775808"
      })
  void BP28_refusesAnIdThatIsNoTextAndNoInteger(String id) {
    assertRefused(Denial.BODY_NO_MESSAGE, CALL.replace(":1,", ":" + id + ","));
  }

  @Test
  void BP28_refusesALongId() {
    for (int length : new int[] {20, 101, 1001, 2000, 10_240}) {
      assertRefused(Denial.BODY_NO_MESSAGE, CALL.replace(":1,", ":" + "9".repeat(length) + ","));
    }
    for (int length : new int[] {1025, 10_240}) {
      assertRefused(
          Denial.BODY_NO_MESSAGE, CALL.replace(":1,", ":\"" + "a".repeat(length) + "\","));
    }
    for (String id : List.of("\"" + "a".repeat(1024) + "\"", "0", "-9223372036854775808", "\"\"")) {
      JsonRpcBody body = read(CALL.replace(":1,", ":" + id + ","));
      assertEquals(List.of(DELETE), assertInstanceOf(JsonRpcBody.Calls.class, body).calls());
    }
  }

  @Test
  void U17_BP17_readsEveryMessageOfABatchWhereTheRevisionHasThem() {
    String batch = "[" + message("ping", "") + "," + CALL + "]";
    JsonRpcBody both = calls(new JsonRpcCall("ping", ""), DELETE);

    assertEquals(both, read(batch));
    assertEquals(both, read(List.of("2025-03-26"), batch));
    for (String version : List.of("2024-11-05", "2025-06-18", "2025-11-25", "2026-07-28")) {
      assertEquals(
          new JsonRpcBody.Refused(Denial.BODY_NO_MESSAGE), read(List.of(version), batch), version);
    }
  }

  @Test
  void U17_BP17_refusesABatchForOneBadMessage() {
    assertRefused(Denial.BODY_NO_MESSAGE, "[" + CALL + ",[" + CALL + "]]");
    assertRefused(Denial.BODY_NO_MESSAGE, "[" + CALL + ",{\"id\":1}]");
    assertRefused(Denial.BODY_NO_NAME, "[" + CALL + "," + CALL.replace("name", "nam") + "]");
  }

  @Test
  void U17_BP17_limitsABatch() {
    assertInstanceOf(JsonRpcBody.Calls.class, read("[" + (CALL + ",").repeat(49) + CALL + "]"));
    assertRefused(Denial.BODY_NO_MESSAGE, "[" + (CALL + ",").repeat(50) + CALL + "]");
  }
}
