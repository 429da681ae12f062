package dev.countersign.it.authorizationservers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The npm package oidc-provider; npm must be there. */
class OidcProviderIT extends AuthorizationServerContract {

  private static final Path DIRECTORY = Path.of("src", "test", "node").toAbsolutePath();
  private static final Path NODE = DIRECTORY.resolve("node_modules/.bin/node");

  @Override
  Running start() throws Exception {
    if (!Files.exists(NODE)) {
      try (ChildProcess npm =
          ChildProcess.start(
              DIRECTORY, Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")) {
        assertEquals(0, npm.awaitExit(Duration.ofMinutes(3)), "npm ci");
      }
    }
    ChildProcess provider =
        ChildProcess.start(DIRECTORY, Map.of(), NODE.toString(), "provider.mjs", RESOURCE);
    try {
      String issuer =
          provider.await(Pattern.compile("^issuer=(.+)$"), Duration.ofMinutes(1)).group(1);
      return new Running(issuer, provider);
    } catch (Exception e) {
      provider.close();
      throw e;
    }
  }

  @Override
  Map<String, String> settings() {
    return Map.of("profile", "rfc9068");
  }

  @Override
  String scope() {
    return "mcp:read";
  }

  @Override
  Map<String, String> introspection() {
    return Map.of(
        "introspection-client-id", "mcp-server", "introspection-client-secret", "server-secret");
  }

  // Its tokens for this one are opaque.
  @Override
  String introspectedResource() {
    return RESOURCE + "/opaque";
  }
}
