package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where the flag and its settings can stand, and what is served if they make no engine. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettingPlacesIT {

  private static final ServerProgram SERVER =
      new ServerProgram("jdk-login/LoginServer", List.of(), "");
  private static final String FLAG = "-javaagent:" + GuardedJvm.agent();
  private static final String ISSUER = "https://id.example.com";
  private static final String SETTINGS =
      "resource=https://mcp.example.com/mcp,authorization-servers=" + ISSUER + ",self-check=false";
  private static final String[] NONE = new String[0];

  private static RemoteProbe start(Map<String, String> environment, String... flags)
      throws IOException {
    Path log = GuardedJvm.log("places");
    return RemoteProbe.of(GuardedJvm.start(SERVER, log, environment, flags, NONE));
  }

  private static String challenge(RemoteProbe server) throws IOException {
    RawResponse refused = RawHttp.await(server.uri(), RawRequest.of("GET", "/mcp"), 401);
    return refused.value("WWW-Authenticate").orElse("");
  }

  private static String challenge(String scope) {
    return "Bearer "
        + (scope.isEmpty() ? "" : "scope=\"" + scope + "\", ")
        + "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";
  }

  @Test
  void theFlagStandsInTheVariableOfTheJvm() throws Exception {
    try (RemoteProbe server = start(Map.of("JAVA_TOOL_OPTIONS", FLAG + "=" + SETTINGS))) {
      assertEquals(challenge(""), challenge(server));
    }
  }

  @Test
  void aFlagWithABlankStandsInQuotesThere() throws Exception {
    String flag = "'" + FLAG + "=" + SETTINGS + ",required-scopes=mcp:read mcp:write'";

    try (RemoteProbe server = start(Map.of("JAVA_TOOL_OPTIONS", flag))) {
      assertEquals(challenge("mcp:read mcp:write"), challenge(server));
    }
  }

  @Test
  void settingsStandInTheEnvironment() throws Exception {
    Map<String, String> environment =
        Map.of(
            "COUNTERSIGN_RESOURCE", "https://mcp.example.com/mcp",
            "COUNTERSIGN_AUTHORIZATION_SERVERS", ISSUER,
            "COUNTERSIGN_SELF_CHECK", "false",
            "COUNTERSIGN_REQUIRED_SCOPES", "mcp:read mcp:write");

    try (RemoteProbe server = start(environment, FLAG)) {
      assertEquals(challenge("mcp:read mcp:write"), challenge(server));
    }
  }

  @Test
  void settingsStandInSystemProperties() throws Exception {
    try (RemoteProbe server =
        start(
            Map.of(),
            FLAG,
            "-Dcountersign.resource=https://mcp.example.com/mcp",
            "-Dcountersign.authorization-servers=" + ISSUER,
            "-Dcountersign.self-check=false",
            "-Dcountersign.required-scopes=mcp:read")) {
      assertEquals(challenge("mcp:read"), challenge(server));
    }
  }

  @Test
  void theStrongerPlaceHolds() throws Exception {
    try (RemoteProbe server =
        start(
            Map.of(
                "COUNTERSIGN_REQUIRED_SCOPES", "of:environment",
                "COUNTERSIGN_ANNOUNCED_SCOPES", "of:environment"),
            FLAG + "=" + SETTINGS + ",required-scopes=of:argument,announced-scopes=of:argument",
            "-Dcountersign.announced-scopes=of:property of:environment")) {
      assertEquals(challenge("of:property of:environment"), challenge(server));
    }
  }

  @Test
  void AG13_namesTheVariablesOfAServiceOfKubernetes() throws Exception {
    Path log = GuardedJvm.log("links");
    Process process =
        GuardedJvm.start(
            SERVER,
            log,
            Map.of(
                "COUNTERSIGN_SERVICE_HOST", "10.0.0.1",
                "COUNTERSIGN_PORT", "tcp://10.0.0.1:80"),
            new String[] {FLAG + "=" + SETTINGS},
            NONE);
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(2, process.exitValue());
      String said = Files.readString(log);
      assertTrue(said.contains("enableServiceLinks: false"), said);
      assertTrue(said.contains("1 problem; nothing was started"), said);
    } finally {
      process.destroyForcibly();
    }
  }

  // A JVM of fewer modules, as jlink makes them: java.management, which the engine needs, is not
  // there.
  @Test
  void K09_anEngineThatDoesNotStartServesNothing() throws Exception {
    try (RemoteProbe server =
        start(
            Map.of(),
            "--limit-modules=java.instrument,java.logging,java.net.http,jdk.httpserver",
            FLAG + "=" + SETTINGS)) {
      for (String path :
          List.of("/mcp", "/", "/.well-known/oauth-protected-resource/mcp", "/login")) {
        RawResponse answer = RawHttp.exchange(server.uri(), RawRequest.of("GET", path));

        assertEquals(503, answer.status(), path);
        assertEquals("5", answer.value("Retry-After").orElse(""), path);
      }
    }
  }
}
