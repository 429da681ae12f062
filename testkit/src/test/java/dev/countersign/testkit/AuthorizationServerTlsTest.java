package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.config.IssuerBuilder;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.config.Setting;
import dev.countersign.oauth.Decision;
import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import dev.countersign.token.TokenFormat;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine fetches, it fetches from a server that has proven who it is. */
class AuthorizationServerTlsTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";
  private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("trusted");
  private static SSLContext before;

  private final FakeAuthorizationServer server = FakeAuthorizationServer.startTls(AUTHORITY);
  private final RecordingListener decisions = new RecordingListener();

  @BeforeAll
  static void trust() throws GeneralSecurityException, IOException {
    before = SSLContext.getDefault();
    SSLContext.setDefault(AUTHORITY.trusted());
    // The first handshake of a JVM loads so much that it may outlast the patience of a request.
    try (FakeAuthorizationServer first = FakeAuthorizationServer.startTls(AUTHORITY);
        Socket socket =
            SSLContext.getDefault()
                .getSocketFactory()
                .createSocket("localhost", URI.create(first.issuer()).getPort())) {
      ((SSLSocket) socket).startHandshake();
    }
  }

  @AfterAll
  static void trustAsBefore() {
    SSLContext.setDefault(before);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What is fetched first. */
  private enum Fetch {
    METADATA {
      @Override
      String prepare(FakeAuthorizationServer server, IssuerBuilder issuer) {
        return server.tokens(RESOURCE).valid();
      }
    },
    KEYS {
      @Override
      String prepare(FakeAuthorizationServer server, IssuerBuilder issuer) {
        issuer.jwksUri(server.issuer() + "/keys");
        return server.tokens(RESOURCE).valid();
      }
    },
    INTROSPECTION {
      @Override
      String prepare(FakeAuthorizationServer server, IssuerBuilder issuer) {
        issuer
            .introspection()
            .tokens(TokenFormat.OPAQUE)
            .endpoint(server.issuer() + "/introspect")
            .clientId("rs")
            .clientSecret("a secret of this test, long enough");
        return server.introspection().activeToken(RESOURCE, "mcp:read");
      }
    };

    abstract String prepare(FakeAuthorizationServer server, IssuerBuilder issuer);
  }

  private RecordingExchange call(Fetch fetch) throws IOException {
    ConfigBuilder config =
        ResourceServerConfig.builder(RESOURCE).allowPrivateAddresses(true).listener(decisions);
    String token = fetch.prepare(server, config.issuer("main").issuer(server.issuer()));
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(token);
    try (ResourceServer engine = ResourceServer.create(config.build())) {
      engine.admit(exchange);
    }
    return exchange;
  }

  @ParameterizedTest
  @EnumSource(Fetch.class)
  void acceptsAServerThatIsTrusted(Fetch fetch) throws IOException {
    RecordingExchange exchange = call(fetch);

    assertTrue(exchange.admission().isPresent(), () -> decisions.last().toString());
  }

  static Stream<Arguments> faults() {
    return Arrays.stream(TlsFault.values())
        .filter(fault -> fault != TlsFault.NONE && fault != TlsFault.STALL)
        .flatMap(fault -> Arrays.stream(Fetch.values()).map(fetch -> Arguments.of(fault, fetch)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void KS23_L03_I03_sendsNothingToAServerThatIsNot(TlsFault fault, Fetch fetch) throws IOException {
    server.fail(fault);

    RecordingExchange exchange = call(fetch);

    assertEquals(503, exchange.response().orElseThrow().status());
    assertEquals(List.of(), server.requests());
    Decision.Undecided undecided =
        assertInstanceOf(Decision.Undecided.class, decisions.last().decision());
    assertTrue(
        undecided.cause().contains("TLS failed: certificate, host name or protocol version"),
        undecided::cause);
  }

  @Test
  void KS24_givesUpAHandshakeThatStalls() throws IOException {
    server.fail(TlsFault.STALL);
    long start = System.nanoTime();

    RecordingExchange exchange = call(Fetch.KEYS);

    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(503, exchange.response().orElseThrow().status());
    assertTrue(taken.compareTo(Duration.ofSeconds(6)) < 0, taken::toString);
  }

  @Test
  void KS23_theLastKeysServeOn() throws IOException {
    ResourceServerConfig config =
        ResourceServerConfig.builder(RESOURCE)
            .allowPrivateAddresses(true)
            .authorizationServer(server.issuer())
            .build();
    try (ResourceServer engine = ResourceServer.create(config)) {
      for (TlsFault fault : List.of(TlsFault.NONE, TlsFault.EXPIRED)) {
        server.fail(fault);
        RecordingExchange exchange =
            RecordingExchange.of("POST", "/mcp").bearer(server.tokens(RESOURCE).valid());
        assertTrue(engine.admit(exchange), fault::toString);
      }
    }
    assertEquals(1, server.count(Endpoint.KEYS));
  }

  @Test
  void KS23_noSettingSwitchesTheProofOff() {
    List<String> keys = Arrays.stream(Setting.values()).map(Setting::key).toList();

    for (String word : List.of("verif", "hostname", "insecure", "trust-all", "skip", "tls")) {
      assertEquals(List.of(), keys.stream().filter(key -> key.contains(word)).toList());
    }
  }
}
