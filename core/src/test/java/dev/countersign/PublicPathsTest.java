package dev.countersign;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicPathsTest {

  private static final PublicPaths PATHS =
      new PublicPaths(Set.of("/health", "/static/"), Engines.builder().build().resources());

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/static/", "/static/a", "/static/a/b.css"})
  void areExactOrBelowAPrefix(String path) {
    assertTrue(PATHS.contains(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/",
        "/healthx",
        "/Health",
        "/x/health",
        "/static",
        "/staticx",
        "/mcp",
        "/",
        "",
        "/health/../mcp",
        "/health/..;/mcp",
        "/health;x",
        "/health;/../mcp",
        "/health%2F..%2Fmcp",
        "/health%00",
        "/health/.",
        "/static/../mcp",
        "/static/..",
        "/static/./a",
        "/static/%2e%2e/mcp",
        "/static/..%2fmcp",
        "/static//mcp",
        "/static/..\\mcp",
        "/static/a;b",
        "/static/ a",
        "/static/\u00e9",
        "//health",
        "/./health",
        "/static/a%20b",
        "health",
        "/static/a?x",
        "/static/a#x",
        "/static/a\u0000"
      })
  void K08_PA12_PA13_areNothingElse(String path) {
    assertFalse(PATHS.contains(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/static/mcp", "/static/mcp/", "/static/a/mcp"})
  void K02_PA9_leaveOutWhatSomeServersRouteToTheResource(String path) {
    assertFalse(PATHS.contains(path));
  }

  @Test
  void canBelongToAResourceAtTheRoot() {
    PublicPaths paths =
        new PublicPaths(
            Set.of("/static/"),
            dev.countersign.config.ResourceServerConfig.builder("https://h.example/")
                .authorizationServer("https://id.example")
                .build()
                .resources());

    assertTrue(paths.contains("/static/mcp"));
  }

  @Test
  void areNoneByDefault() {
    assertFalse(new PublicPaths(Set.of(), List.of()).contains("/health"));
  }
}
