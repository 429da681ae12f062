package dev.countersign.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.JsonException.Fault;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of which not everything is made at once: they say the same, and are as strict. */
class JsonOutlineTest {

  private static final Json.Limits LIMITS = new Json.Limits(1_000_000, 64, 100_000, 100, 40, 50);

  private static final String DEEP = "{\"a\":{\"b\":%s}}";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Object outline(String text) {
    try {
      return Json.outline(utf8(text), LIMITS, 1);
    } catch (JsonException e) {
      throw new AssertionError(text, e);
    }
  }

  private static JsonException refusal(String value) {
    byte[] text = utf8(String.format(DEEP, value));
    JsonException eager = assertThrows(JsonException.class, () -> Json.read(text, LIMITS), value);
    JsonException outline =
        assertThrows(JsonException.class, () -> Json.outline(text, LIMITS, 1), value);
    assertEquals(eager.getMessage(), outline.getMessage(), value);
    assertEquals(eager.fault(), outline.fault(), value);
    assertEquals(eager.member(), outline.member(), value);
    return outline;
  }

  private static String object(int size, IntFunction<String> name) {
    return IntStream.range(0, size)
        .mapToObj(at -> "\"" + name.apply(at) + "\":" + at)
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void makesWhatIsLookedAt() {
    Map<?, ?> document =
        assertInstanceOf(
            Map.class,
            outline("[{\"s\":\"x\",\"o\":{\"l\":[1,{\"a\":null}],\"d\":1.5},\"l\":[[],{}]}]")
                    instanceof List<?> list
                ? list.get(0)
                : null);

    assertEquals("x", document.get("s"));
    Map<?, ?> object = assertInstanceOf(SkippedObject.class, document.get("o"));
    assertEquals(new BigDecimal("1.5"), object.get("d"));
    assertTrue(object.containsKey("l"));
    assertEquals(2, object.size());
    assertEquals(
        Map.of("l", List.of(1L, Map.of("a", Json.NULL)), "d", new BigDecimal("1.5")), object);
    List<?> array = assertInstanceOf(SkippedArray.class, document.get("l"));
    assertEquals(List.of(List.of(), Map.of()), array);
  }

  @Test
  void whatIsMadeLaterIsUnmodifiable() {
    Map<?, ?> document = assertInstanceOf(Map.class, outline("{\"o\":{\"a\":1},\"l\":[1]}"));
    Map<?, ?> object = assertInstanceOf(Map.class, document.get("o"));
    List<?> array = assertInstanceOf(List.class, document.get("l"));

    assertThrows(UnsupportedOperationException.class, object::clear);
    assertThrows(UnsupportedOperationException.class, () -> object.keySet().remove("a"));
    assertThrows(UnsupportedOperationException.class, () -> array.remove(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\"}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "[1,]",
        "[1 2]",
        "[01]",
        "[-]",
        "[1.]",
        "[1e]",
        "[+1]",
        "[nul]",
        "[truex]",
        "[\"\\x\"]",
        "[\"\\u12g4\"]",
        "[\"\t\"]",
        "[\"\u0000aaaaaaa\"]",
        "[\"aaaaaaaaaaaa\u001f\"]",
        "[\"\\ud800\"]",
        "[\"\\udc00\\ud800\"]",
        "[\"\\ud83dx\"]",
        "[1e400]",
        "[9e308]",
        "[1e-351]",
        "[\u00a01]"
      })
  void JS29_BP15_refusesWhatNobodyLooksAt(String value) {
    refusal(value);
    refusal("[" + value + "]");
  }

  @Test
  void BP5_refusesARepeatedNameInWhatNobodyLooksAt() {
    for (String twice :
        List.of(
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"b\":{\"a\":1},\"a\":2}",
            "{\"\":1,\"\":1}",
            "{\"12345678\":1,\"12345678\":2}",
            "{\"123456789\":1,\"12345678x\":2,\"123456789\":3}",
            "{\"a\":1,\"\\u0061\":1}",
            "{\"\\u0061\":1,\"b\":2,\"a\":1}",
            "{\"\u20ac\":1,\"\\u20AC\":1}",
            "[{\"x\":[{\"a\":1,\"a\":2}]}]")) {
      assertEquals(Fault.REPEATED_NAME, refusal(twice).fault());
    }
    outline(String.format(DEEP, "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}],\"A\":1,\"aa\":1}"));
    outline(String.format(DEEP, "{\"12345678\":1,\"123456789\":2,\"12345678x\":3,\"1234567\":4}"));
  }

  @Test
  void BP5_refusesARepeatedNameAmongMany() {
    for (int size : new int[] {15, 16, 17, 18, 40, 5000}) {
      for (int again : new int[] {0, size / 2, size - 2}) {
        String repeated = object(size, at -> "n" + (at == size - 1 ? again : at));
        assertEquals(Fault.REPEATED_NAME, refusal(repeated).fault(), () -> size + " " + again);
      }
      // Names of an object inside are no names of the one around it.
      String inner = object(size, at -> "n" + at);
      outline(String.format(DEEP, "{\"x\":" + inner + ",\"n1\":" + inner + ",\"y\":1}"));
    }
  }

  // The last name is so near to the end that it is not read eight bytes at a time.
  @Test
  void BP5_seesTheSameNameAtTheEndOfTheDocument() {
    byte[] text = utf8("{\"x\":[{\"a\":1,\"a\":1}]}");

    assertEquals(
        Fault.REPEATED_NAME,
        assertThrows(JsonException.class, () -> Json.outline(text, LIMITS, 1)).fault());
  }

  @Test
  void BP29_BP30_limitsWhatNobodyLooksAt() {
    refusal("[".repeat(63) + "]".repeat(63));
    refusal("{\"" + "n".repeat(41) + "\":1}");
    refusal("[\"" + "x".repeat(51) + "\"]");
    refusal("[" + "1".repeat(101) + "]");
    refusal("[" + "1,".repeat(100_000) + "1]");
    outline(String.format(DEEP, "[".repeat(62) + "]".repeat(62)));
    outline(String.format(DEEP, "{\"" + "\u20ac".repeat(40) + "\":\"" + "\\n".repeat(50) + "\"}"));
  }

  @Test
  void isReadOnceAndForAll() throws JsonException {
    byte[] text = utf8("{\"a\":{\"b\":1}}");
    Map<?, ?> document = assertInstanceOf(Map.class, Json.outline(text, LIMITS, 1));
    Map<?, ?> inner = assertInstanceOf(Map.class, document.get("a"));
    text[6] = '!';

    assertEquals(Map.of("b", 1L), inner);
  }

  @Test
  void BP40_saysTheSameAsTheWholeDocument() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "{\"a\":",
            "\"a\"",
            "\"\\u0061\"",
            "\"b\"",
            "\"aaaaaaaaa\"",
            "1",
            "0",
            "-",
            "1.5",
            "1e400",
            "e5",
            "true",
            "null",
            "\\",
            "\"",
            " ",
            "\u00e9",
            "x");
    int read = 0;
    for (int round = 0; round < 300_000; round++) {
      StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "" : "{\"x\":{\"y\":[");
      boolean framed = text.length() > 0;
      for (int count = random.nextInt(9); count > 0; count--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      byte[] bytes = utf8(framed ? text + "]}}" : text.toString());
      String what = "seed " + seed + ": " + new String(bytes, StandardCharsets.UTF_8);
      Object whole = null;
      try {
        whole = Json.read(bytes, LIMITS);
        read++;
      } catch (JsonException e) {
        for (int objects = 1; objects <= 3; objects++) {
          int limit = objects;
          JsonException other =
              assertThrows(
                  JsonException.class, () -> Json.outline(bytes, LIMITS, limit), () -> what);
          assertEquals(e.getMessage() + e.member(), other.getMessage() + other.member(), what);
        }
      }
      for (int objects = 1; whole != null && objects <= 3; objects++) {
        Object outline = assertOutline(bytes, objects, what);
        assertEquals(whole, outline, what);
        assertEquals(whole.toString(), outline.toString(), what);
      }
    }
    assertTrue(read > 1000, read + " read, seed " + seed);
  }

  private static Object assertOutline(byte[] bytes, int objects, String what) {
    try {
      Object outline = Json.outline(bytes, LIMITS, objects);
      assertNotNull(outline, what);
      return outline;
    } catch (JsonException e) {
      throw new AssertionError(what, e);
    }
  }
}
