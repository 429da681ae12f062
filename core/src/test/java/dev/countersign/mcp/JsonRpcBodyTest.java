package dev.countersign.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.countersign.oauth.Denial;
import dev.countersign.spi.JsonRpcCall;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcBodyTest {

  private static final List<String> JSON = List.of("application/json");
  private static final String RPC = "{\"jsonrpc\":\"2.0\",\"id\":1,";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"delete\"}}";
  private static final JsonRpcBody DELETE = calls(new JsonRpcCall("tools/call", "delete"));

  private static JsonRpcBody read(String body) {
    return read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonRpcBody read(byte[] body) {
    return withoutParams(JsonRpcBody.read(fields(JSON, List.of()), body));
  }

  private static BodyFields fields(List<String> types, List<String> codings) {
    return new BodyFields(types, codings, List.of(), List.of(), List.of());
  }

  // What is called; the parameters have tests of their own.
  private static JsonRpcBody withoutParams(JsonRpcBody body) {
    return body instanceof JsonRpcBody.Calls read
        ? new JsonRpcBody.Calls(
            read.calls().stream().map(call -> new JsonRpcCall(call.method(), call.name())).toList())
        : body;
  }

  @Test
  void BP35_keepsTheParametersWithTheirTypes() {
    String body =
        RPC
            + "\"method\":\"tools/call\",\"params\":{\"name\":\"t\",\"arguments\":{\"n\":1,\"s\":\"1\"}}}";
    JsonRpcBody.Calls calls =
        (JsonRpcBody.Calls)
            JsonRpcBody.read(fields(JSON, List.of()), body.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        Map.of("name", "t", "arguments", Map.of("n", 1L, "s", "1")), calls.calls().get(0).params());
  }

  private static JsonRpcBody calls(JsonRpcCall... calls) {
    return new JsonRpcBody.Calls(List.of(calls));
  }

  private static void assertRefused(Denial why, String body) {
    assertEquals(new JsonRpcBody.Refused(why), read(body), body);
  }

  private static void assertUnreadable(String body) {
    assertRefused(Denial.BODY_UNREADABLE, body);
  }

  private static void assertType(List<String> types, List<String> codings) {
    assertEquals(
        new JsonRpcBody.Refused(Denial.BODY_TYPE),
        JsonRpcBody.read(fields(types, codings), CALL.getBytes(StandardCharsets.UTF_8)),
        types + " " + codings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools\\/call\",\"params\":{\"name\":\"delete\"}}",
        "{\"\\u006asonrpc\":\"2.0\",\"\\u006dethod\":\"tools/c\\u0061ll\",\"params\":{\"n\\u0061me\":\"d\\u0065lete\"}}",
        "{\"params\":{\"arguments\":{\"name\":\"x\"},\"name\":\"delete\"},\"method\":\"tools/call\",\"jsonrpc\":\"2.0\"}"
      })
  void BP3_readsDecodedTextInAnyOrder(String body) {
    assertEquals(DELETE, read(body));
  }

  @Test
  void BP21_findsTheNameBehindAMegabyteOfArguments() {
    String arguments =
        "{\"arguments\":{\"x\":\"" + "a".repeat(1_000_000) + "\"},\"name\":\"delete\"}";

    assertEquals(DELETE, read(RPC + "\"params\":" + arguments + ",\"method\":\"tools/call\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\":\"a\",\"params\":{\"name\":\"delete\"}",
        "\"params\":{\"name\":\"delete\",\"_meta\":{\"name\":\"a\"}}",
        "\"params.name\":\"a\",\"params\":{\"name\":\"delete\",\"arguments\":{\"name\":\"a\"}}"
      })
  void BP20_ignoresNamesInOtherPlaces(String members) {
    assertEquals(DELETE, read(RPC + "\"method\":\"tools/call\"," + members + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"method\":\"ping\",\"method\":\"tools/call\"}",
        "{\"method\":\"tools/call\",\"params\":{\"name\":\"a\",\"name\":\"delete\"}}",
        "{\"method\":\"tools/call\",\"params\":{\"name\":\"a\"},\"params\":{\"name\":\"delete\"}}",
        "{\"method\":\"ping\",\"m\\u0065thod\":\"tools/call\"}",
        "{\"method\":\"ping\",\"id\":1,\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"jsonrpc\":\"2.0\"}",
        "{\"method\":\"ping\",\"params\":{\"a\":[{\"b\":{\"c\":1,\"c\":1}}]}}"
      })
  void U18_BP4_BP5_refusesARepeatedMemberAtAnyDepth(String body) {
    assertRefused(Denial.BODY_NO_MESSAGE, body);
  }

  @Test
  void BP6_BP7_refusesWhatIsNoUtf8() {
    byte[][] bad = {
      {(byte) 0xFF},
      {'"', ',', '"', (byte) 0xC1, (byte) 0xAD, 'e', 't', 'h', 'o', 'd', '"', ':', '"'},
      {(byte) 0xC0, (byte) 0xAF},
      {(byte) 0xE2, (byte) 0x82},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xED, (byte) 0xB0, (byte) 0x80}
    };
    for (byte[] text : bad) {
      byte[] front = "{\"method\":\"ping\",\"x\":\"".getBytes(StandardCharsets.UTF_8);
      byte[] body = new byte[front.length + text.length + 2];
      System.arraycopy(front, 0, body, 0, front.length);
      System.arraycopy(text, 0, body, front.length, text.length);
      body[body.length - 2] = '"';
      body[body.length - 1] = '}';

      assertEquals(new JsonRpcBody.Refused(Denial.BODY_UNREADABLE), read(body));
    }
  }

  @Test
  void BP8_refusesAByteOrderMark() {
    assertUnreadable("\uFEFF" + CALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void BP9_refusesOtherEncodings(String charset) {
    assertEquals(
        new JsonRpcBody.Refused(Denial.BODY_UNREADABLE),
        read(CALL.getBytes(Charset.forName(charset))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf8",
        "application/json; charset=x",
        "application/json; charset=",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset=\"utf-8",
        "application/json; charset=utf-8; charset=utf-8",
        "application/json; odata=x",
        "application/json;",
        "application/json; charset='utf-8'",
        "application/json\u00A0",
        "application/json;\u2003charset=utf-8"
      })
  void BP10_refusesEveryOtherCharset(String type) {
    assertType(List.of(type), List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/vnd.api+json", "application/json-rpc", "text/json", "application/jsonx",
        "application/json, text/plain", "*/*", "application /json"
      })
  void K12_BP11_refusesEveryOtherType(String type) {
    assertType(List.of(type), List.of());
  }

  @Test
  void K12_BP11_refusesNoTypeAndTwoTypes() {
    assertType(List.of(), List.of());
    assertType(List.of("application/json", "application/json"), List.of());
    assertType(List.of("application/json", "text/plain"), List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        " application/json ",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json ; Charset=\"utf-8\"",
        "application/json\t;\tcharset=Utf-8 "
      })
  void BP12_HT13_takesEverySpellingOfJsonInUtf8(String type) {
    assertEquals(
        DELETE,
        withoutParams(
            JsonRpcBody.read(
                fields(List.of(type), List.of("identity")),
                CALL.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "", "identity, gzip", "deflate"})
  void HT12_refusesAContentCoding(String coding) {
    assertType(JSON, List.of(coding));
    assertType(JSON, List.of("identity", coding));
  }

  @ParameterizedTest
  @ValueSource(strings = {" {}", "{}", "x", "\0", "}", ",", "]", "/**/"})
  void BP13_refusesWhatFollowsTheDocument(String more) {
    assertUnreadable(CALL + more);
  }

  @Test
  void BP14_takesWhiteSpaceAround() {
    assertEquals(DELETE, read(" \t\r\n" + CALL + "\n \t\r"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'method':'ping'}",
        "{method:\"ping\"}",
        "{\"method\":\"ping\",}",
        "{\"method\":\"ping\" /* x */}",
        "{\"method\":\"ping\",\"x\":NaN}",
        "{\"method\":\"ping\",\"x\":+1}",
        "{\"method\":\"ping\",\"x\":01}",
        "{\"method\":\"pi\nng\"}",
        "{\"method\":\"ping\",\"x\":1.}",
        "{\"method\":\"ping\",\"x\":.5}",
        "{\"method\":\"ping\",\"x\":0x1}",
        "{\"method\":\"\\x70ing\"}",
        "[{\"method\":\"ping\"},]"
      })
  void BP15_refusesWhatOnlyLenientParsersTake(String body) {
    assertUnreadable(body);
  }

  @Test
  void BP29_refusesDeepNesting() {
    String front = RPC + "\"method\":\"ping\",\"params\":{\"a\":";
    assertInstanceOf(JsonRpcBody.Calls.class, read(front + "[".repeat(62) + "]".repeat(62) + "}}"));
    for (int depth : new int[] {63, 1000, 100_000}) {
      assertUnreadable(front + "[".repeat(depth) + "]".repeat(depth) + "}}");
    }
  }

  @Test
  void BP30_refusesWhatIsTooLongInOneBody() {
    String front = RPC + "\"method\":\"ping\",\"params\":{\"a\":";
    assertInstanceOf(
        JsonRpcBody.Calls.class,
        read(front + "{\"" + "n".repeat(8192) + "\":" + "9".repeat(100) + "}}}"));
    assertUnreadable(front + "{\"" + "n".repeat(8193) + "\":1}}}");
    assertUnreadable(front + "9".repeat(101) + "}}");
    assertUnreadable(front + "9".repeat(100_000) + "}}");
    assertUnreadable(front + "1e999999999}}");
    assertUnreadable(front + "\"" + "t".repeat(16_000_001) + "\"}}");
    assertUnreadable(front + "[" + "1,".repeat(100_000) + "1]}}");
  }

  @Test
  void BP42_readsSurrogatesAcrossEveryBorderOfABuffer() {
    for (int shift = 0; shift < 5; shift++) {
      String text = "a".repeat(shift) + "\uD83D\uDE00".repeat(20_000);
      String call = CALL.replace("delete", text);
      assertEquals(calls(new JsonRpcCall("tools/call", text)), read(call));
      assertEquals(
          calls(new JsonRpcCall("tools/call", text)),
          read(call.replace("\uD83D\uDE00", "\\ud83d\\uDE00")));
      assertUnreadable(call.replace(text, text + "\\ud83d"));
    }
  }

  @Test
  void BP23_BP24_BP25_takesNamesCodePointByCodePoint() {
    for (String name :
        List.of(
            "Delete",
            "delete ",
            "delete\u200B",
            "d\u0435lete",
            "\uFF44elete",
            "e\u0301",
            "\u00e9",
            "\u202edelete",
            "delete\\u0000")) {
      assertEquals(
          calls(new JsonRpcCall("tools/call", name.replace("\\u0000", "\0"))),
          read(CALL.replace("\"delete\"", "\"" + name + "\"")));
    }
    for (String method :
        List.of("Tools/call", "tools/call ", "tools/call/", "tools//call", "\uFF54ools/call")) {
      assertEquals(
          calls(new JsonRpcCall(method, "")), read(CALL.replace("tools/call", method)), method);
    }
  }

  @Test
  void neverThrowsOnChangedBytes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int run = 0; run < 20_000; run++) {
            byte[] body = CALL.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
              body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertInstanceOf(JsonRpcBody.class, read(body), () -> "seed " + seed);
          }
        });
  }

  @Test
  void cannotBeChangedFromOutside() {
    List<JsonRpcCall> calls = ((JsonRpcBody.Calls) read(CALL)).calls();

    assertThrows(UnsupportedOperationException.class, calls::clear);
  }
}
