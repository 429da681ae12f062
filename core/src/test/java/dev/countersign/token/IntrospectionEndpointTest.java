package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.FetchResult;
import dev.countersign.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IntrospectionEndpointTest {

  private static final URI URL = URI.create(Bench.ISSUER + "/introspect");

  private final FakeIssuer issuer = new FakeIssuer();

  private static FetchResult metadata(String url) {
    return FakeIssuer.document(Map.of("issuer", Bench.ISSUER, "introspection_endpoint", url));
  }

  private IntrospectionEndpoint discovered() {
    return new IntrospectionEndpoint(
        Bench.strict(), FakeIntrospection.inquiry(Optional.empty()), issuer, issuer);
  }

  @Test
  void isWhatIsConfiguredOnAnyHost() {
    URI elsewhere = URI.create("https://api.example/introspect");
    IntrospectionEndpoint endpoint =
        new IntrospectionEndpoint(
            Bench.strict(), FakeIntrospection.inquiry(Optional.of(elsewhere)), issuer, issuer);

    endpoint.moved();
    issuer.advance(Duration.ofDays(1));
    assertEquals(Optional.of(elsewhere), endpoint.find());
    assertEquals(0, issuer.asked.size());
  }

  @Test
  void isFoundOnceAnHour() {
    issuer.answer(FakeIssuer.METADATA, () -> metadata(URL.toString()));
    IntrospectionEndpoint endpoint = discovered();

    assertEquals(Optional.of(URL), endpoint.find());
    issuer.advance(Duration.ofHours(1).minusNanos(1));
    assertEquals(Optional.of(URL), endpoint.find());
    assertEquals(1, issuer.fetchesOf(FakeIssuer.METADATA));

    issuer.advance(Duration.ofNanos(1));
    assertEquals(Optional.of(URL), endpoint.find());
    assertEquals(2, issuer.fetchesOf(FakeIssuer.METADATA));
  }

  // The secret of this server and every token go there.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/introspect",
        "http://id.example/introspect",
        "https://user@id.example/introspect",
        "https://id.example.evil.example/",
        "ftp://id.example/",
        "/introspect",
        "https://",
        ":"
      })
  void SS7_I03_isOnTheHostOfTheIssuerOnly(String url) {
    issuer.answer(FakeIssuer.METADATA, () -> metadata(url));
    IntrospectionEndpoint endpoint = discovered();

    assertEquals(Optional.empty(), endpoint.find());
    assertTrue(endpoint.problem().contains("introspection-endpoint"), endpoint.problem());
  }

  @Test
  void isMissingWithoutTheMember() {
    IntrospectionEndpoint endpoint = discovered();

    assertEquals(Optional.empty(), endpoint.find());
    assertTrue(endpoint.problem().contains("introspection_endpoint is missing"));
    // Asked again, but not with every request.
    assertEquals(Optional.empty(), endpoint.find());
    assertEquals(1, issuer.fetchesOf(FakeIssuer.METADATA));
    issuer.answer(FakeIssuer.METADATA, () -> metadata(URL.toString()));
    issuer.advance(Duration.ofSeconds(15));
    assertEquals(Optional.of(URL), endpoint.find());
  }

  @Test
  void S21_isNotKnownWhileTheIssuerIsAway() {
    issuer.vanish();
    IntrospectionEndpoint endpoint = discovered();
    assertEquals(Optional.empty(), endpoint.find());
    issuer.answer(FakeIssuer.METADATA, () -> metadata(URL.toString()));

    issuer.advance(Duration.ofSeconds(5).minusNanos(1));
    assertEquals(Optional.empty(), endpoint.find());
    issuer.advance(Duration.ofNanos(1));
    assertEquals(Optional.of(URL), endpoint.find());
  }

  @Test
  void outlivesAnOutageOfTheMetadata() {
    issuer.answer(FakeIssuer.METADATA, () -> metadata(URL.toString()));
    IntrospectionEndpoint endpoint = discovered();
    assertEquals(Optional.of(URL), endpoint.find());
    issuer.vanish();

    issuer.advance(Duration.ofHours(1));
    assertEquals(Optional.of(URL), endpoint.find());
    issuer.advance(Duration.ofSeconds(59));
    assertEquals(Optional.of(URL), endpoint.find());
    assertEquals(2, issuer.fetchesOf(FakeIssuer.METADATA));
    issuer.advance(Duration.ofSeconds(1));
    assertEquals(Optional.of(URL), endpoint.find());
    assertEquals(3, issuer.fetchesOf(FakeIssuer.METADATA));
  }

  @Test
  void isLookedForByOneRequestAtATime() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    issuer.answer(
        FakeIssuer.METADATA,
        () -> {
          asked.countDown();
          try {
            assertTrue(goOn.await(20, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return metadata(URL.toString());
        });
    IntrospectionEndpoint endpoint = discovered();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Optional<URI>> first = threads.submit(endpoint::find);
      assertTrue(asked.await(20, TimeUnit.SECONDS));
      Future<Optional<URI>> second = threads.submit(endpoint::find);
      goOn.countDown();

      assertEquals(Optional.of(URL), first.get(20, TimeUnit.SECONDS));
      assertEquals(Optional.of(URL), second.get(20, TimeUnit.SECONDS));
      assertEquals(1, issuer.fetchesOf(FakeIssuer.METADATA));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anInterruptedRequestKeepsItsInterrupt() {
    issuer.answer(FakeIssuer.METADATA, () -> metadata(URL.toString()));

    Thread.currentThread().interrupt();
    assertEquals(Optional.empty(), discovered().find());
    assertTrue(Thread.interrupted());
  }

  private static Optional<URI> found(ClientAuthMethod method, Map<String, Object> members) {
    Map<String, Object> document = new LinkedHashMap<>(members);
    document.put("issuer", Bench.ISSUER);
    return IntrospectionEndpoint.of(
        Bench.strict(), new AuthorizationServerMetadata(document), method);
  }

  // RFC 8705 section 5
  @Test
  void I02_withACertificateTheAliasForItCounts() {
    String alias = Bench.ISSUER + ":8443/introspect";
    Map<String, Object> both =
        Map.of(
            "introspection_endpoint",
            URL.toString(),
            "mtls_endpoint_aliases",
            Map.of("introspection_endpoint", alias));

    for (ClientAuthMethod method : ClientAuthMethod.values()) {
      assertEquals(
          Optional.of(method.isMutualTls() ? URI.create(alias) : URL), found(method, both));
      assertEquals(
          Optional.of(URL), found(method, Map.of("introspection_endpoint", URL.toString())));
    }
    assertEquals(
        Optional.of(URL),
        found(
            ClientAuthMethod.TLS_CLIENT_AUTH,
            Map.of(
                "introspection_endpoint",
                URL.toString(),
                "mtls_endpoint_aliases",
                Map.of("token_endpoint", alias))));
  }

  @Test
  void I03_theAliasIsNowhereElse() {
    for (String alias :
        new String[] {
          "https://mtls.other.example/introspect", Bench.ISSUER.replace("https", "http"), "\\"
        }) {
      assertEquals(
          Optional.empty(),
          found(
              ClientAuthMethod.TLS_CLIENT_AUTH,
              Map.of("mtls_endpoint_aliases", Map.of("introspection_endpoint", alias))));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> found(ClientAuthMethod.TLS_CLIENT_AUTH, Map.of("mtls_endpoint_aliases", "x")));
  }
}
