package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.testkit.FakeAuthorizationServer;
import dev.countersign.testkit.RawHttp;
import dev.countersign.testkit.RawRequest;
import dev.countersign.testkit.RawResponse;
import dev.countersign.testkit.RemoteProbe;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Repair on Open Liberty. */
class LibertyRepairIT {

  /** Where an application answers. */
  @Nested
  class Probe extends RepairContract {
    Probe() {
      super(settings -> Liberty.start("", "", settings));
    }
  }

  /** It takes the upgrade unless it is told not to. */
  @Nested
  class Http2 extends Http2RepairContract {
    Http2() {
      super(settings -> Liberty.start("", "", settings));
    }
  }

  /**
   * Where the server's own MicroProfile JWT answers, before any filter: it says that a token is
   * invalid when there is none, and names no metadata.
   */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  class MicroProfileJwt {

    private static final String RESOURCE = "https://mcp.example.com/mcp";
    private static final String FEATURES =
        "<feature>appSecurity-5.0</feature><feature>mpJwt-2.1</feature>";
    private static final String CONFIGURATION =
        """
        <keyStore id="defaultKeyStore" password="changeit"/>
        <mpJwt id="mcp" issuer="%1$s" jwksUri="%1$s/keys"
            audiences="https://mcp.example.com/mcp" userNameAttribute="sub"/>
        """;
    private static final String METADATA =
        "scope=\"mcp:read\", resource_metadata=\"https://mcp.example.com"
            + "/.well-known/oauth-protected-resource/mcp\"";

    private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();

    @AfterAll
    void stop() {
      authorizationServer.close();
    }

    private RemoteProbe started(String mode) throws Exception {
      return RemoteProbe.of(
          Liberty.start(
              FEATURES,
              CONFIGURATION.formatted(authorizationServer.issuer()),
              GuardedJvm.settings(
                  RESOURCE, authorizationServer, "mode", mode, "required-scopes", "mcp:read")));
    }

    private static List<String> challenges(RemoteProbe server, RawRequest request)
        throws Exception {
      RawResponse response = RawHttp.exchange(server.uri(), request);
      assertEquals(401, response.status(), response::toString);
      return response.values("WWW-Authenticate");
    }

    @Test
    void C30_K11_completesTheChallengeOfTheServer() throws Exception {
      RawRequest request = RawRequest.of("GET", "/login");
      String own = "Bearer realm=\"MP-JWT\", error=\"invalid_token\"";
      RawRequest good = request.bearer(authorizationServer.tokens(RESOURCE).valid());
      try (RemoteProbe asItIs = started("report-only")) {
        // Its login comes some time after its port.
        assertEquals("hello alice", RawHttp.await(asItIs.uri(), good, 200).text());
        assertEquals(List.of(own), challenges(asItIs, request));
      }
      try (RemoteProbe repaired = started("repair")) {
        assertEquals("hello alice", RawHttp.await(repaired.uri(), good, 200).text());
        assertEquals(
            List.of("Bearer realm=\"MP-JWT\", " + METADATA), challenges(repaired, request));
        String description =
            ", error_description=\"The access token is expired or revoked or malformed or not meant"
                + " for this resource\"";
        assertEquals(
            List.of(own + ", " + METADATA + description),
            challenges(repaired, request.bearer("a.b.c")));
      }
    }
  }
}
