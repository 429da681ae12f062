package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {

  @Test
  void readsWhatItWrites() {
    Map<String, Object> object =
        Map.of(
            "text", "a\"b\\c\n\u00e9", "list", List.of(1, true, Map.of("x", List.of())), "n", -2);

    assertEquals(object, StrictJson.object(StrictJson.write(object)));
  }

  @Test
  void keepsNullMembersVisible() {
    Map<String, Object> object = StrictJson.object("{\"a\":null}");

    assertTrue(object.containsKey("a"));
  }

  static Stream<String> noObjects() {
    return Stream.of(
        "",
        "[]",
        " {}",
        "\ufeff{}",
        "{} {}",
        "{}x",
        "{\"a\":1,\"a\":2}",
        "{\"o\":{\"x\":1,\"x\":2}}",
        "{a:1}",
        "{");
  }

  @ParameterizedTest
  @MethodSource("noObjects")
  void refusesWhatIsNoSingleObject(String text) {
    assertThrows(AssertionError.class, () -> StrictJson.object(text));
  }

  @Test
  void refusesBrokenUtf8() {
    byte[] bytes = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};

    assertThrows(AssertionError.class, () -> StrictJson.object(bytes));
  }
}
