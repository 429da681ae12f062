package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static final Json.Limits LIMITS = new Json.Limits(10_000, 5, 1000, 30);

  private static Object read(String text) {
    try {
      return Json.read(utf8(text), LIMITS);
    } catch (JsonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static JsonException refusal(byte[] text) {
    return assertThrows(JsonException.class, () -> Json.read(text, LIMITS));
  }

  private static JsonException refusal(String text) {
    return refusal(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsEveryType() throws JsonException {
    Map<String, Object> members =
        Json.readObject(
            utf8(
                "{\"s\":\"a\\u00e9\\n"
                    + "\u20ac\",\"l\":[1,-0,true,false,null],\"o\":{},\"d\":1.50,\"e\":1e3}"),
            LIMITS);

    assertEquals(List.of("s", "l", "o", "d", "e"), List.copyOf(members.keySet()));
    assertEquals("a\u00e9\n\u20ac", members.get("s"));
    assertEquals(List.of(1L, 0L, true, false, Json.NULL), members.get("l"));
    assertEquals(Map.of(), members.get("o"));
    assertEquals(new BigDecimal("1.50"), members.get("d"));
    assertEquals(new BigDecimal("1E+3"), members.get("e"));
  }

  @Test
  void keepsNullApartFromAbsence() throws JsonException {
    Map<String, Object> members = Json.readObject(utf8("{\"x\":null}"), LIMITS);

    assertSame(Json.NULL, members.get("x"));
    assertNull(members.get("y"));
  }

  @Test
  void readsIntegersExactly() {
    for (long number :
        List.of(
            0L,
            1L,
            -1L,
            9007199254740993L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            999_999_999_999_999_999L)) {
      assertEquals(number, read(Long.toString(number)));
    }
    assertEquals(new BigDecimal("9223372036854775808"), read("9223372036854775808"));
    assertEquals(new BigDecimal("-9223372036854775809"), read("-9223372036854775809"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"x\"", "null", "[]", "true", " {} ", "\t\r\n1\n"})
  void readsEveryDocumentOfOneValue(String text) {
    read(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "null", "\"{}\""})
  void JS25_refusesADocumentThatIsNoObject(String text) {
    assertThrows(JsonException.class, () -> Json.readObject(utf8(text), LIMITS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "'a'",
        "nul",
        "nulL",
        "True",
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        "-01",
        "+1",
        ".5",
        "1.",
        "-",
        "1e",
        "1e+",
        "0x1",
        "1_0",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "\"\n\"",
        "\"\u0000\"",
        "//x\n1",
        "1//x",
        "/**/1",
        "#x\n1",
        "1 2",
        "{}{}",
        "[][]",
        "1,",
        "{} x",
        ")]}'\n{}",
        "\u00a01",
        "1\u00a0",
        "\u20281",
        "\f1",
        "\u000b1"
      })
  void JS29_refusesWhatIsNoJson(String text) {
    refusal(text);
  }

  @Test
  void JS30_J21_refusesRepeatedNamesAtEveryDepth() {
    for (String twice :
        List.of(
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"b\":2,\"a\":null}",
            "{\"a\":1,\"\\u0061\":1}",
            "[{\"x\":{\"a\":1,\"a\":2}}]",
            "{\"\":1,\"\":1}",
            "{\"\u20ac\":1,\"\\u20AC\":1}")) {
      refusal(twice);
    }
    read("{\"a\":{\"a\":1},\"b\":{\"a\":1},\"A\":1}");
  }

  static Stream<byte[]> noUtf8() {
    return Stream.of(
            // overlong, CESU-8, lone surrogate, stray, cut, too large
            new int[] {0xC0, 0xAF},
            new int[] {0xC1, 0xA5},
            new int[] {0xE0, 0x80, 0xAF},
            new int[] {0xF0, 0x80, 0x80, 0xAF},
            new int[] {0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80},
            new int[] {0xED, 0xA0, 0x80},
            new int[] {0x80},
            new int[] {0xFF},
            new int[] {0xFE},
            new int[] {0xE2, 0x82},
            new int[] {0xC3},
            new int[] {0xF4, 0x90, 0x80, 0x80},
            new int[] {0xF8, 0x88, 0x80, 0x80, 0x80})
        .map(
            wrong -> {
              byte[] text = new byte[wrong.length + 2];
              text[0] = '"';
              for (int at = 0; at < wrong.length; at++) {
                text[at + 1] = (byte) wrong[at];
              }
              text[text.length - 1] = '"';
              return text;
            });
  }

  @ParameterizedTest
  @MethodSource("noUtf8")
  void JS27_J24_refusesWhatIsNoUtf8(byte[] text) {
    assertEquals(1, refusal(text).position());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "IBM037"})
  void JS27_refusesOtherCharsets(String charset) {
    refusal("{\"a\":1}".getBytes(Charset.forName(charset)));
  }

  @Test
  void JS27_refusesAByteOrderMark() {
    refusal("\uFEFF{}");
    refusal("\uFEFF");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\ud800", "\\udfff", "\\udc00\\ud800", "x\\ud83d", "\\ud83dx", "\\ud83d\\u0041"})
  void JS28_refusesLoneSurrogates(String escapes) {
    refusal("\"" + escapes + "\"");
    refusal("{\"" + escapes + "\":1}");
  }

  @Test
  void readsSurrogatesInPairs() {
    assertEquals("\uD83D\uDE00", read("\"\\ud83d\\ude00\""));
    assertEquals("\uD83D\uDE00", read("\"\uD83D\uDE00\""));
  }

  @Test
  void JS26_J24_limitsTheDepth() {
    read("[[[[[1]]]]]");
    read("{\"a\":[{\"a\":[{}]}]}");
    refusal("[[[[[[1]]]]]]");
    refusal("{\"a\":[{\"a\":[{\"a\":[]}]}]}");
    refusal("[".repeat(10_000));
    assertThrows(
        JsonException.class,
        () -> Json.read(utf8("[".repeat(1_000_000)), new Json.Limits(2_000_000, 500, 10_000, 10)));
  }

  @Test
  void JS31_limitsEverythingElse() {
    assertThrows(JsonException.class, () -> Json.read(utf8(" ".repeat(10_000) + "1"), LIMITS));
    read("[" + "1,".repeat(998) + "1]");
    refusal("[" + "1,".repeat(999) + "1]");
    read("1".repeat(30));
    refusal("1".repeat(31));
    refusal("0." + "1".repeat(29));
    assertThrows(
        JsonException.class,
        () -> Json.read(utf8("1".repeat(100_000)), new Json.Limits(200_000, 5, 10, 1000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-1e400",
        "1e999999999",
        "1E+9999999999",
        "1e-999999999",
        "0e999999999",
        "1e-400"
      })
  void CL52_JS31_refusesNumbersBeyondADouble(String number) {
    refusal(number);
    refusal("[{\"a\":" + number + "}]");
  }

  @Test
  void readsTheRangeOfADouble() {
    for (double number : List.of(Double.MAX_VALUE, Double.MIN_VALUE, -1.5e-300, 1.7e9)) {
      assertEquals(number, ((BigDecimal) read(Double.toString(number))).doubleValue());
    }
  }

  @Test
  void BP40_BP35_readsOfAFractionWhatADoubleHolds() {
    assertEquals(new BigDecimal("100.0"), read("100.00000000000000000001"));
    assertEquals(new BigDecimal("0.1"), read("0.1000000000000000055511151231"));
    assertEquals(new BigDecimal("1.2345678901234567E+19"), read("12345678901234567890e0"));
    assertEquals(new BigDecimal("12345678901234567890"), read("12345678901234567890"));
    assertEquals(new BigDecimal("1.50"), read("1.50"));
    for (String number : List.of("9e308", "-9e308", "999999999999e300")) {
      refusal(number);
    }
  }

  @Test
  void whatIsReadIsUnmodifiable() throws JsonException {
    Map<String, Object> members = Json.readObject(utf8("{\"a\":[{}]}"), LIMITS);
    List<?> list = (List<?>) members.get("a");

    assertThrows(UnsupportedOperationException.class, () -> members.put("b", 1));
    assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
    assertThrows(UnsupportedOperationException.class, () -> ((Map<?, ?>) list.get(0)).clear());
  }

  @Test
  void theMessageSaysWhereAndNothingOfTheText() {
    JsonException repeated = refusal("{\"secret\":1,\"secret\":2}");
    assertEquals("expected each member name once at 22", repeated.getMessage());
    assertEquals(22, repeated.position());
    assertNull(repeated.getCause());
    assertEquals(0, repeated.getStackTrace().length);

    for (String text :
        List.of("secret", "{\"a\":secret}", "[\"secret]", "{} secret", "\"\\usecret\"")) {
      assertFalse(String.valueOf(refusal(text).getMessage()).contains("secret"), text);
    }
  }

  @Test
  void writesEveryTypeInOrder() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("z", "a\"\\\n\u20ac");
    members.put("a", List.of(1, 2L, true, Json.NULL, new BigDecimal("1.50"), Map.of()));
    members.put("m", Map.of("x", List.of()));

    assertEquals(
        "{\"z\":\"a\\\"\\\\\\n\u20ac\",\"a\":[1,2,true,null,1.50,{}],\"m\":{\"x\":[]}}",
        Json.write(members));
  }

  @Test
  void writesNothingElse() {
    assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("a", new Object())));
    assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("a", Map.of(1, 2))));
    assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("a", 1.5)));
  }

  @Test
  void readsWhatItWrites() throws JsonException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      Map<String, Object> members = map(random, 0);

      assertEquals(
          members,
          Json.readObject(utf8(Json.write(members)), Json.Limits.DOCUMENT),
          "seed " + seed);
    }
  }

  private static Map<String, Object> map(Random random, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      members.put(text(random), value(random, depth + 1));
    }
    return members;
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 6 ? 5 : 7)) {
      case 0 -> text(random);
      case 1 -> random.nextLong();
      case 2 -> random.nextBoolean();
      case 3 -> Json.NULL;
      case 4 ->
          new BigDecimal(random.nextInt(1_000_000)).movePointLeft(3).add(new BigDecimal("0.0001"));
      case 5 -> map(random, depth);
      default -> {
        List<Object> list = new ArrayList<>();
        for (int count = random.nextInt(5); count > 0; count--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(8); count > 0; count--) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
      boolean surrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      text.appendCodePoint(surrogate ? 'x' : codePoint);
    }
    return text.toString();
  }

  @Test
  void randomBytesGiveAValueOrARefusal() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "{}[]\",:\\u0123456789abcdefnrtlse+-. \u00e9\u20ac";
    int read = 0;
    for (int round = 0; round < 200_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int count = random.nextInt(12); count > 0; count--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] bytes = utf8(text.toString());
      if (bytes.length > 0 && random.nextInt(4) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        Json.read(bytes, LIMITS);
        read++;
      } catch (JsonException e) {
        assertTrue(e.position() >= 0, "seed " + seed);
      }
    }
    assertTrue(read > 100, read + " read, seed " + seed);
  }

  @Test
  void refusesLimitsThatCannotBeKept() {
    for (int[] wrong :
        List.of(new int[] {-1, 1, 1, 1}, new int[] {1, 501, 1, 1}, new int[] {1, 1, 1, 1001})) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Json.Limits(wrong[0], wrong[1], wrong[2], wrong[3]));
    }
  }
}
