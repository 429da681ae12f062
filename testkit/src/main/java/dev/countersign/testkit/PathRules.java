package dev.countersign.testkit;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways around the gate: spellings of paths. */
abstract class PathRules extends OriginRules {

  /** Spellings that some server takes for the endpoint. */
  private static final List<String> SPELLINGS =
      List.of(
          "/mcp/",
          "/mcp//",
          "//mcp",
          "///mcp",
          "/./mcp",
          "/x/../mcp",
          "/x/..;/mcp",
          "/;/mcp",
          "/.;/mcp",
          "/;x=y/mcp",
          "/mcp;x=1",
          "/mcp;x=/mcp",
          "/mcp;",
          "/%6dcp",
          "/%6Dcp",
          "/%2fmcp",
          "/mcp%2F",
          "/mcp%2f",
          "/%5cmcp",
          "/mcp%5c",
          "\\mcp",
          "/\\mcp",
          "/x\\..\\mcp",
          "/mcp%00",
          "/mcp%0a",
          "/mcp%09",
          "/mcp%20",
          "/mcp%23",
          "/mcp%3f",
          "/mcp.",
          "/MCP",
          "/Mcp",
          "/foo/mcp",
          "/mcp/mcp",
          "/mcp/none",
          "/x/mcp",
          "/%2e/mcp",
          "/x/%2e%2e/mcp",
          "/x/%2e%2e%2fmcp",
          "/%252e%252e/mcp",
          "/%c0%afmcp",
          "/%ef%bc%8fmcp",
          "/mcp%e2%80%8b",
          "/%u006dcp",
          "/mcp?x=/health",
          "/mcp#x",
          "/mcp?",
          "/..%2fmcp",
          "/%2e%2e%2fmcp",
          "/health/../mcp",
          "/health/..;/mcp",
          "/a;x/../mcp",
          "/index.html",
          "/WEB-INF/web.xml",
          "/META-INF/MANIFEST.MF",
          "/",
          "/sse",
          "/messages?sessionId=1",
          "mcp",
          "?",
          "/mcp\u00e9",
          "/mcp%",
          "/mcp%zz",
          "/mcp%e9",
          "/.well-known",
          "/.well-known/",
          "/.well-known/mcp");

  @Test
  void K01_K02_K03_PA2_PA3_PA4_PA5_PA6_PA7_PA8_PA9_PA10_PA22_leadsNoSpellingToTheApplication()
      throws IOException {
    for (String target : SPELLINGS) {
      neverReaches(standard(), get(target));
      neverReaches(standard(), RawRequest.of("POST", target).json(INITIALIZE));
      neverReaches(standard(), RawRequest.of("OPTIONS", target));
    }
  }

  @Test
  void K08_opensListedPathsOnly() throws IOException {
    seen(standard(), get("/health"));
    seen(standard(), get("/health?x=y"));
    seen(standard(), get("/open/a/b"));
    for (String target :
        List.of(
            "/health/",
            "/healthx",
            "/HEALTH",
            "/health;x=1",
            "//health",
            "/./health",
            "/%68ealth",
            "/health%00",
            "/health/../mcp",
            "/health/..%2fmcp",
            "/health%2f..%2fmcp",
            "/health\\..\\mcp",
            "/open",
            "/OPEN/a",
            "/open/../mcp",
            "/open/./a",
            "/open//a",
            "/open/a;x",
            "/open/%61",
            "/open/..;/mcp",
            "/open/%2e%2e/mcp",
            "/open\\a",
            "/x/open/a")) {
      neverReaches(standard(), get(target));
    }
  }

  @Test
  void K14_judgesAPresentedTokenOnAListedPathToo() throws IOException {
    refused(401, Refusal.INVALID_TOKEN, get("/health").bearer("bad"));
    seen(standard(), get("/health").bearer(tokens().valid()));
  }
}
