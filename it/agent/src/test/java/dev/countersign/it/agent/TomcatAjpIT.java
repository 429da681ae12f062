package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.ProbeApplication;
import dev.countersign.testkit.RemoteProbe;
import dev.countersign.testkit.Tokens;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat behind a web server that speaks AJP to it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TomcatAjpIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final String SESSION = "Mcp-Session-Id";
  private static final String METADATA =
      "resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"";

  @ParameterizedTest
  @ValueSource(strings = {"9.0.50", "11.0.27"})
  void H21_N01_N05_MC24_judgesBindsAndEnds(String version) throws Exception {
    String servlets = version.startsWith("9") ? "javax.servlet" : "jakarta.servlet";
    try (FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
        RemoteProbe server =
            start(
                TomcatIT.tomcat(version, servlets),
                GuardedJvm.settings(
                    RESOURCE,
                    authorizationServer,
                    "clock-skew",
                    "PT0S",
                    "scopes.tool.delete_file",
                    "files:write"))) {
      Tokens tokens = authorizationServer.tokens(RESOURCE);
      try (AjpWire connection = new AjpWire(server.uri())) {
        refuses(connection);
        assertEquals(0, server.invocations());
        bindsItsSession(connection, tokens);
        handsOnBodyAndUser(server);
        endsWithItsToken(connection, tokens);
      }
    }
  }

  private static void refuses(AjpWire connection) throws IOException {
    AjpWire.Answer answer = connection.exchange(rpc("initialize"), json());

    assertEquals(401, answer.status());
    assertTrue(answer.fields().contains("WWW-Authenticate: Bearer " + METADATA), answer::toString);
  }

  private static void bindsItsSession(AjpWire connection, Tokens tokens) throws IOException {
    AjpWire.Answer answer =
        connection.exchange(
            rpc("initialize"),
            json(
                "Authorization",
                "Bearer " + tokens.valid(),
                ProbeApplication.PROBE,
                "answer 200",
                ProbeApplication.FIELD,
                SESSION + ": s-1"));
    assertTrue(answer.fields().contains(SESSION + ": s-1"), answer::toString);

    for (String who : List.of("alice", "bob")) {
      String token = tokens.mint().subject(who).text();
      AjpWire.Answer next =
          connection.exchange(
              rpc("ping"), json("Authorization", "Bearer " + token, SESSION, "s-1"));
      assertEquals(who.equals("alice") ? 200 : 404, next.status(), next::toString);
    }
  }

  private static void handsOnBodyAndUser(RemoteProbe server) {
    List<ProbeApplication.Seen> seen = server.seen();

    assertEquals(
        List.of(rpc("initialize"), rpc("ping")),
        seen.stream().map(ProbeApplication.Seen::body).toList());
    assertEquals(
        List.of("alice", "alice"), seen.stream().map(one -> one.user().orElse("")).toList());
  }

  private static void endsWithItsToken(AjpWire connection, Tokens tokens) throws IOException {
    String token = tokens.mint().expiresIn(Duration.ofSeconds(2)).text();
    AjpWire.Answer answer =
        connection.exchange(
            "", "Authorization", "Bearer " + token, ProbeApplication.PROBE, "later stream");

    assertEquals("data: one\n\n", answer.body());
    assertFalse(answer.isWhole());
  }

  @Test
  void C30_K04_repairs() throws Exception {
    try (RemoteProbe server =
            start(TomcatIT.tomcat("10.1.62", "jakarta.servlet"), RepairContract.SETTINGS);
        AjpWire connection = new AjpWire(server.uri())) {
      AjpWire.Answer answer = connection.exchange("", ProbeApplication.PROBE, "answer 401");

      assertTrue(
          answer.fields().contains("WWW-Authenticate: " + RepairContract.FIRST), answer::toString);
    }
  }

  private static RemoteProbe start(ServerProgram program, Map<String, String> settings)
      throws IOException {
    return RemoteProbe.of(GuardedJvm.start(program, settings, "-Dprotocol=AJP/1.3"));
  }

  private static String rpc(String method) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
  }

  private static String[] json(String... more) {
    String[] fields = Arrays.copyOf(more, more.length + 2);
    fields[more.length] = "Content-Type";
    fields[more.length + 1] = "application/json";
    return fields;
  }
}
