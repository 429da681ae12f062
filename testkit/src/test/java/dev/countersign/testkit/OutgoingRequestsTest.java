package dev.countersign.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.ResourceServer;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.testkit.FakeAuthorizationServer.Endpoint;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What requests make the engine ask of the authorization server, and what comes of it late. */
class OutgoingRequestsTest {

  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private final FakeAuthorizationServer server = FakeAuthorizationServer.start();
  private final Tokens tokens = server.tokens(RESOURCE);
  private final ResourceServer engine =
      ResourceServer.create(
          ResourceServerConfig.builder(RESOURCE)
              .authorizationServer(server.issuer())
              .allowHttpOnLoopback()
              .build());

  @AfterEach
  void stop() {
    engine.close();
    server.close();
  }

  private RecordingExchange call(String token) throws IOException {
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(token);
    engine.admit(exchange);
    return exchange;
  }

  // The first request of all needs the metadata and the keys; nothing else does.
  @Test
  void SS10_aRequestCausesAtMostOneRequest() throws IOException {
    assertTrue(call(tokens.valid()).admission().isPresent());
    assertEquals(2, server.requests().size());

    for (TokenFault fault : TokenFault.values()) {
      int before = server.requests().size();
      RecordingExchange exchange = call(tokens.faulty(fault));

      assertFalse(exchange.admission().isPresent(), fault::toString);
      int caused = server.requests().size() - before;
      assertTrue(caused <= 1, () -> fault + " caused " + caused);
    }
    int all = server.requests().size();
    assertTrue(all <= 12, () -> all + " requests in all");
  }

  @Test
  void KS34_nothingIsSentWhenTheKeysComeTooLate() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    server.fail(Endpoint.KEYS, Fault.none().heldUntil(release));
    RecordingExchange exchange = RecordingExchange.of("POST", "/mcp").bearer(tokens.valid());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread request =
        new Thread(
            () -> {
              try {
                engine.admit(exchange);
              } catch (IOException | RuntimeException e) {
                thrown.set(e);
              }
            });
    request.start();
    server.awaitCount(Endpoint.KEYS, 1);
    request.interrupt();
    request.join();
    assertEquals(503, exchange.response().orElseThrow().status());

    release.countDown();

    // The late keys serve the next request; a second outcome of the first one would have thrown.
    assertTrue(call(tokens.valid()).admission().isPresent());
    assertEquals(503, exchange.response().orElseThrow().status());
    assertFalse(exchange.admission().isPresent());
    assertNull(thrown.get());
    assertEquals(1, server.count(Endpoint.KEYS));
  }
}
