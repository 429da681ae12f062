package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.countersign.oauth.Denial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderAgreementTest {

  private static final List<String> NONE = List.of();
  private static final List<String> NEW = List.of("2026-07-28");
  private static final List<String> CALL = List.of("tools/call");
  private static final List<String> TOOL = List.of("get_weather");
  private static final String META = meta("\"2026-07-28\"");

  private static String meta(String version) {
    return "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":" + version + "}";
  }

  private static String message(String start, String method, String params) {
    return String.format(
        "{\"jsonrpc\":\"2.0\",%s\"method\":\"%s\",\"params\":{%s}}", start, method, params);
  }

  private static String request(String method, String params) {
    return message("\"id\":1,", method, params);
  }

  private static String call(String tool) {
    return request("tools/call", "\"name\":\"" + tool + "\"," + META);
  }

  private static JsonRpcBody read(
      List<String> versions, List<String> methods, List<String> names, String body) {
    return JsonRpcBody.read(
        new BodyFields(List.of("application/json"), NONE, versions, methods, names),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static void agrees(
      List<String> versions, List<String> methods, List<String> names, String body) {
    JsonRpcBody read = read(versions, methods, names, body);
    assertInstanceOf(JsonRpcBody.Calls.class, read, () -> read + " " + names + " " + body);
  }

  private static void differs(
      List<String> versions, List<String> methods, List<String> names, String body) {
    assertEquals(
        new JsonRpcBody.Refused(Denial.HEADER_MISMATCH),
        read(versions, methods, names, body),
        versions + " " + methods + " " + names + " " + body);
  }

  @Test
  void MC7_H24_theMethodIsThatOfTheBody() {
    agrees(NEW, CALL, TOOL, call("get_weather"));
    for (List<String> methods :
        List.of(
            NONE,
            List.of(""),
            List.of("tools/list"),
            List.of("Tools/Call"),
            List.of("tools/call", "tools/call"),
            List.of("tools/call", "tools/list"),
            List.of("tools/call, tools/call"),
            List.of("=?base64?dG9vbHMvY2FsbA==?="))) {
      differs(NEW, methods, TOOL, call("get_weather"));
    }
    differs(NEW, NONE, NONE, request("ping", META));
    agrees(NEW, List.of("ping"), NONE, request("ping", META));
  }

  @Test
  void MC8_H24_theNameIsThatOfTheBody() {
    for (List<String> names :
        List.of(
            NONE,
            List.of(""),
            List.of("other"),
            List.of("Get_weather"),
            List.of("get_weather", "get_weather"),
            List.of("get_weather, get_weather"))) {
      differs(NEW, CALL, names, call("get_weather"));
    }
    List<String> read = List.of("resources/read");
    String body = request("resources/read", "\"uri\":\"file:///a/b.json\"," + META);
    agrees(NEW, read, List.of("file:///a/b.json"), body);
    differs(NEW, read, List.of("FILE:///a/b.json"), body);
    differs(NEW, read, NONE, body);
    List<String> get = List.of("prompts/get");
    agrees(NEW, get, List.of("p"), request("prompts/get", "\"name\":\"p\"," + META));
    differs(NEW, get, List.of("q"), request("prompts/get", "\"name\":\"p\"," + META));
    differs(NEW, get, NONE, request("prompts/get", "\"name\":\"p\"," + META));
  }

  @Test
  void H24_otherMethodsHaveNoName() {
    agrees(NEW, List.of("tools/list"), NONE, request("tools/list", META));
    agrees(NEW, List.of("tools/list"), List.of("x"), request("tools/list", META));
  }

  @Test
  void MC13_trimsTheValues() {
    agrees(
        List.of(" 2026-07-28\t"),
        List.of("\ttools/call "),
        List.of("  get_weather\t"),
        call("get_weather"));
  }

  // The vectors of the specification, and what looks like the encoded form and is none.
  @Test
  void MC9_U16_decodesTheEncodedForm() {
    Stream.of(
            new String[] {"us-west1", "us-west1"},
            new String[] {"Hello, \u4e16\u754c", "=?base64?SGVsbG8sIOS4lueVjA==?="},
            new String[] {" padded ", "=?base64?IHBhZGRlZCA=?="},
            new String[] {"line1\\nline2", "=?base64?bGluZTEKbGluZTI=?="},
            new String[] {"=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="},
            new String[] {"plain", "=?base64?cGxhaW4=?="},
            new String[] {"=?BASE64?x?=", "=?BASE64?x?="},
            new String[] {"=?base64?x", "=?base64?x"},
            new String[] {"=?base64?=", "=?base64?="})
        .forEach(vector -> agrees(NEW, CALL, List.of(vector[1]), call(vector[0])));
  }

  // Another tool, another mark, no or too much padding, stray bits, white space, encoded twice.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?base64?b3RoZXI=?=",
        "=?BASE64?cGxhaW4=?=",
        "=?Base64?cGxhaW4=?=",
        "=?base64?cGxhaW4?=",
        "=?base64?cGxhaW4==?=",
        "=?base64?cGxhaW5=?=",
        "=?base64?cGxh aW4=?=",
        "=?base64?cGxhaW4=?= x",
        "=?base64??=",
        "=?base64?PT9iYXNlNjQ/Y0d4aGFXND0/PQ==?=",
        "=?base64?/w==?="
      })
  void MC9_U16_refusesEveryOtherSpelling(String name) {
    differs(NEW, CALL, List.of(name), call("plain"));
  }

  @Test
  void MC9_refusesTheOtherAlphabetAndWhatIsNoText() {
    agrees(NEW, CALL, List.of("=?base64?Pj4+Pz8/?="), call(">>>???"));
    differs(NEW, CALL, List.of("=?base64?Pj4-Pz8_?="), call(">>>???"));
    differs(NEW, CALL, List.of("=?base64?7aCA?="), call("x"));
    differs(NEW, CALL, List.of("\u00e9"), call("\u00e9"));
    differs(NEW, CALL, List.of("=?base64?literal?="), call("=?base64?literal?="));
  }

  @Test
  void MC10_H22_theVersionIsThatOfTheBody() {
    String call = call("get_weather");
    for (String said :
        List.of("\"2025-11-25\"", "\"2026-07-29\"", "1", "null", "\"2026-07-28 \"")) {
      differs(NEW, CALL, TOOL, call.replace("\"2026-07-28\"", said));
    }
    differs(NEW, CALL, TOOL, request("tools/call", "\"name\":\"get_weather\""));
    differs(NEW, CALL, TOOL, request("tools/call", "\"name\":\"get_weather\",\"_meta\":[]"));
    agrees(List.of("2031-01-01"), CALL, TOOL, call.replace("2026-07-28", "2031-01-01"));
  }

  @Test
  void MC10_H22_refusesAVersionThatIsNone() {
    for (List<String> versions :
        List.of(
            List.of("2026-07-28", "2026-07-28"),
            List.of("2025-11-25", "2026-07-28"),
            List.of("2026-07-28, 2026-07-28"),
            List.of(""),
            List.of("latest"))) {
      differs(versions, CALL, TOOL, call("get_weather"));
      differs(versions, NONE, NONE, request("ping", ""));
    }
  }

  @Test
  void MC11_MC10_noOlderVersionIsPretended() {
    differs(NONE, CALL, TOOL, call("get_weather"));
    differs(List.of("2025-11-25"), CALL, TOOL, call("get_weather"));
    differs(List.of("2025-03-26"), CALL, TOOL, "[" + call("get_weather") + "]");
  }

  @Test
  void H25_olderVersionsHaveNoSuchFields() {
    String call = request("tools/call", "\"name\":\"get_weather\"");
    for (List<String> versions : List.of(NONE, List.of("2025-11-25"))) {
      agrees(versions, List.of("ping"), List.of("x", "y"), call);
      agrees(versions, NONE, NONE, call);
    }
    agrees(
        List.of("2025-11-25"), NONE, NONE, call("get_weather").replace("2026-07-28", "2025-11-25"));
  }

  @Test
  void H24_theFieldsOfANotificationMayBeMissingButNotLie() {
    String call = message("", "tools/call", "\"name\":\"get_weather\"");
    agrees(NEW, NONE, NONE, call);
    agrees(NEW, CALL, TOOL, call);
    differs(NEW, List.of("ping"), NONE, call);
    differs(NEW, NONE, List.of("other"), call);
    differs(NEW, NONE, NONE, message("", "tools/call", "\"name\":\"x\"," + meta("\"2025-11-25\"")));
  }
}
