package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The servers of the contract, and the questions that every part of it asks them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class ContractStage {

  static final String RESOURCE = "https://mcp.example.com/mcp";
  static final String METADATA = "/.well-known/oauth-protected-resource";
  static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\","
          + "\"params\":{\"protocolVersion\":\"2025-11-25\"}}";

  private final Map<Setup, Stand> stands = new EnumMap<>(Setup.class);
  private final Set<Setup> tried = EnumSet.noneOf(Setup.class);
  private final FakeAuthorizationServer authorizationServer = FakeAuthorizationServer.start();
  private final FakeAuthorizationServer unreachable = FakeAuthorizationServer.start();
  private final Tokens tokens = authorizationServer.tokens(RESOURCE);

  /** Starts a server with the settings in front of it. */
  abstract Stand open(Setup setup, Map<String, String> settings) throws Exception;

  /**
   * What the server can do. A test that needs something else is aborted with a message.
   *
   * @return everything, unless overridden
   */
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @BeforeEach
  void clear() {
    stands.values().forEach(Stand::clear);
  }

  @AfterAll
  void stopEverything() throws Exception {
    for (Stand stand : stands.values()) {
      stand.stop();
    }
    authorizationServer.close();
    unreachable.close();
  }

  /**
   * The tokens of the authorization server that every server of the contract trusts.
   *
   * @return a mint for {@code https://mcp.example.com/mcp}
   */
  protected final Tokens tokens() {
    return tokens;
  }

  /**
   * The server with the settings that most servers have, for more tests than those of the contract.
   *
   * @return the URL of its MCP endpoint; its tokens need the scope {@code mcp:read}
   */
  protected final URI endpoint() {
    return standard().server().uri().resolve("/mcp");
  }

  /**
   * The server with everything switched on that tokens and calls can be held to: the tool {@code
   * delete_file} needs the scope {@code files:write} as well, the tool {@code pay} the {@code acr}
   * {@code mfa} of a login within the hour, tokens may be opaque, and may be bound to a DPoP key,
   * with a nonce.
   *
   * @return the URL of its MCP endpoint; its tokens need the scope {@code mcp:read}
   */
  protected final URI endpointWithEverything() {
    return stand(Setup.EVERYTHING).server().uri().resolve("/mcp");
  }

  /**
   * The authorization server that every server of the contract trusts.
   *
   * @return the running server
   */
  protected final FakeAuthorizationServer authorizationServer() {
    return authorizationServer;
  }

  final Stand standard() {
    return stand(Setup.STANDARD);
  }

  /** Every setup gets its server when it is first asked for. */
  final Stand stand(Setup setup) {
    Stand known = stands.get(setup);
    if (known != null) {
      return known;
    }
    if (!tried.add(setup)) {
      throw new IllegalStateException("the server did not start when an earlier test asked for it");
    }
    Stand stand = open(setup);
    stands.put(setup, stand);
    return stand;
  }

  final Stand open(Setup setup) {
    String issuer = setup == Setup.OUTAGE ? unreachable().issuer() : authorizationServer.issuer();
    try {
      Stand stand = open(setup, setup.settings(issuer));
      if (setup != Setup.OUTAGE && setup != Setup.BROKEN) {
        // The keys are there before the first test: a busy machine must not look like an outage.
        RawHttp.await(stand.server().uri(), post().bearer(tokens.valid()), 200);
        stand.clear();
      }
      return stand;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the server does not start", e);
    }
  }

  /** The authorization server of {@link Setup#OUTAGE}: nobody listens there any more. */
  final FakeAuthorizationServer unreachable() {
    unreachable.goDown();
    return unreachable;
  }

  /** The usual first request of a client. */
  static RawRequest post() {
    return rpc(INITIALIZE);
  }

  static RawRequest rpc(String json) {
    return RawRequest.of("POST", "/mcp")
        .with("Accept", "application/json, text/event-stream")
        .json(json);
  }

  static RawRequest get(String target) {
    return RawRequest.of("GET", target);
  }

  /** Refused by the kit in front of the standard application. */
  final RawResponse refused(int status, RawRequest request) throws IOException {
    return refused(standard(), status, request);
  }

  final RawResponse refused(Stand stand, int status, RawRequest request) throws IOException {
    stand.application().clear();
    RawResponse response = stand.send(request);
    assertEquals(status, response.status(), () -> request + " -> " + response);
    assertEquals(0, stand.application().invocations(), () -> "the application ran: " + request);
    Refusal.check(request, response);
    return response;
  }

  final void refused(int status, String challenge, RawRequest request) throws IOException {
    RawResponse response = refused(status, request);
    assertEquals(challenge, response.value("WWW-Authenticate").orElse(""), request::toString);
  }

  /**
   * Refused by whomever: the kit, or the server, which may also redirect, fail, or end the
   * connection without an answer before it has asked the kit.
   */
  final void neverReaches(Stand stand, RawRequest request) throws IOException {
    stand.application().clear();
    try {
      RawResponse response = stand.send(request);
      assertTrue(response.status() >= 300, () -> request + " -> " + response);
      if (response.status() == 401) {
        Refusal.check(request, response);
      }
    } catch (EOFException | SocketException e) {
      // Ended without an answer.
    }
    assertEquals(0, stand.application().invocations(), () -> "the application ran: " + request);
  }

  /** Handled by the application; gives its answer. */
  final RawResponse reached(Stand stand, RawRequest request) throws IOException {
    stand.application().clear();
    RawResponse response = stand.send(request);
    assertEquals(1, stand.application().invocations(), () -> request + " -> " + response);
    return response;
  }

  final ProbeApplication.Seen seen(Stand stand, RawRequest request) throws IOException {
    RawResponse response = reached(stand, request);
    assertEquals(200, response.status(), response::toString);
    return stand.application().seen().get(0);
  }

  final void needs(Capability capability) {
    assumeTrue(
        capabilities().contains(capability),
        () -> "this server declares that it lacks " + capability);
  }
}
