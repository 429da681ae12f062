package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ResourceServerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

  private static Resources of(String... identifiers) {
    var builder =
        ResourceServerConfig.builder(identifiers[0]).authorizationServer("https://id.example");
    for (int at = 1; at < identifiers.length; at++) {
      builder.resource("r" + at).resource(identifiers[at]);
    }
    return new Resources(builder.build().resources());
  }

  private static final Resources SEVERAL =
      of("https://h.example/a", "https://h.example/a/b", "https://h.example/c/");

  @ParameterizedTest
  @CsvSource({
    "/a, ''",
    "/a/, ''",
    "/a/x, ''",
    "/a/bx, ''",
    "/a/b, r1",
    "/a/b/, r1",
    "/a/b/c/d, r1",
    "/c/, r2",
    "/c, r2",
    "/c/x, r2"
  })
  void PM14_theLongestPathAtASegmentBorderCounts(String path, String name) {
    assertEquals(name, SEVERAL.of(path).resource().name());
    assertTrue(SEVERAL.of(path).certain());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "/x",
        "/ax",
        "/A",
        "/cx",
        "*",
        "/a/../c",
        "/a/./b",
        "//a",
        "/a//b",
        "/a;x",
        "/%61",
        "/a%2Fb",
        "/a/b\\c",
        "/a/\u00e9",
        "h.example/a",
        "http://h.example/a"
      })
  void K03_aPathThatBelongsSurelyToNoneIsUncertain(String path) {
    assertEquals(new Resources.Selected(SEVERAL.of("/a").resource(), false), SEVERAL.of(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/x", "*", "/a/../c", "//a", "/%61"})
  void oneResourceOwnsEveryPath(String path) {
    assertTrue(of("https://h.example/a").of(path).certain());
  }

  @Test
  void aResourceAtTheRootOwnsTheRest() {
    Resources resources = of("https://h.example", "https://h.example/a");

    assertEquals("r1", resources.of("/a/x").resource().name());
    assertEquals("", resources.of("/ax").resource().name());
    assertEquals("", resources.of("/").resource().name());
    assertTrue(resources.of("/anything").certain());
  }
}
