package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.DpopClient;
import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RemoteProbe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the servlet API says of a user under the agent: the same as behind the filter. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RolesIT {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private abstract static class RolesContract {

    private final ServerProgram program;
    private final String[] flags;
    private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
    private final DpopClient client = new DpopClient();

    RolesContract(ServerProgram program, String... flags) {
      this.program = program;
      this.flags = flags;
    }

    @AfterEach
    final void stop() {
      authorizationServer.close();
    }

    final RemoteProbe server() throws IOException {
      Map<String, String> settings =
          Map.of(
              "resource",
              RESOURCE,
              "authorization-servers",
              authorizationServer.issuer(),
              "public-paths",
              "/roles",
              "dpop",
              "optional",
              "allow-http-on-loopback",
              "true");
      return RemoteProbe.of(GuardedJvm.start(program, settings, flags));
    }

    final RawRequest with(String scope, String path) {
      String token = authorizationServer.tokens(RESOURCE).mint().scope(scope).text();
      return RawRequest.of("GET", path).bearer(token);
    }

    @Test
    final void N16_eachScopeIsARole() throws IOException {
      RawRequest reader = with("mcp:read", "/roles");
      RawRequest writer = with("files:write", "/roles");
      try (RemoteProbe server = server();
          RawHttp connection = RawHttp.connect(server.uri())) {
        assertEquals("alice Bearer true false alice\n", connection.exchange(reader).text());
        assertEquals("alice Bearer false true alice\n", connection.exchange(writer).text());
        assertEquals(
            "null null false false null\n",
            connection.exchange(RawRequest.of("GET", "/roles")).text());
        assertEquals("alice Bearer true false alice\n", connection.exchange(reader).text());
      }
    }

    // A proof is good once, and the token is hidden from the application.
    @Test
    final void K04_N16_isJudgedOnceHoweverItIsDispatched() throws IOException {
      String said = "alice Bearer true false alice\n";
      try (RemoteProbe server = server();
          RawHttp connection = RawHttp.connect(server.uri())) {
        // A server that has just started wants a nonce.
        client.learn(connection.exchange(proven("/roles")));
        for (String way : List.of("forward", "async", "error")) {
          assertEquals(said, connection.exchange(proven("/roles/by/" + way)).text(), way);
        }
        for (String way : List.of("include", "both")) {
          assertEquals(said.repeat(3), connection.exchange(proven("/roles/by/" + way)).text(), way);
        }
        RawRequest proven = proven("/roles/by/include");
        assertEquals(200, connection.exchange(proven).status());
        assertEquals(401, connection.exchange(proven).status());
      }
    }

    private RawRequest proven(String path) {
      String token =
          authorizationServer
              .tokens(RESOURCE)
              .mint()
              .scope("mcp:read")
              .claim("cnf", Map.of("jkt", client.thumbprint()))
              .text();
      String proof = client.proof("GET", "https://mcp.example.com" + path, token).text();
      return RawRequest.of("GET", path).with("Authorization", "DPoP " + token).with("DPoP", proof);
    }
  }

  /** With a constraint of the application's own, and BASIC. */
  private abstract static class TomcatContract extends RolesContract {

    TomcatContract(String version, String servlets) {
      super(TomcatIT.tomcat(version, servlets));
    }

    @Test
    final void N16_aConstraintIsMetByAScopeOfItsName() throws IOException {
      try (RemoteProbe server = server();
          RawHttp connection = RawHttp.connect(server.uri())) {
        assertEquals(403, connection.exchange(with("mcp:read", "/roles/writers")).status());
        assertEquals(
            "alice Bearer false true alice\n",
            connection.exchange(with("files:write", "/roles/writers")).text());
        assertEquals(403, connection.exchange(with("mcp:read", "/roles/writers")).status());
      }
    }
  }

  @Nested
  class Tomcat9Floor extends TomcatContract {
    Tomcat9Floor() {
      super("9.0.50", "javax.servlet");
    }
  }

  @Nested
  class Tomcat10Floor extends TomcatContract {
    Tomcat10Floor() {
      super("10.1.0", "jakarta.servlet");
    }
  }

  @Nested
  class Tomcat11 extends TomcatContract {
    Tomcat11() {
      super("11.0.27", "jakarta.servlet");
    }
  }

  @Nested
  class Jetty9 extends RolesContract {
    Jetty9() {
      super(Jetty9IT.jetty("9.4.58.v20250814", "javax.servlet"));
    }
  }

  @Nested
  class Jetty12Ee8 extends RolesContract {
    Jetty12Ee8() {
      super(Jetty12IT.servlets("ee8", "12.1.12", "javax.servlet"), "-Dee=ee8");
    }
  }

  @Nested
  class Jetty12Ee10 extends RolesContract {
    Jetty12Ee10() {
      super(Jetty12IT.servlets("ee10", "12.0.3", "jakarta.servlet"), "-Dee=ee10");
    }
  }

  @Nested
  class Undertow extends RolesContract {
    Undertow() {
      super(UndertowIT.servlet("2.3.26.Final", "jakarta.servlet"));
    }
  }
}
