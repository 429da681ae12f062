package dev.countersign;

import static dev.countersign.Engines.challenge;
import static dev.countersign.Engines.engine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.ConfigBuilder;
import dev.countersign.http.Response;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.DecisionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClearTextTest {

  private static final Consumer<ConfigBuilder> BEHIND_A_PROXY =
      config -> {
        config.publicPath("/health").senderConstraint().trustedProxy("10.0.0.0/8");
      };

  private static MemoryExchange through(String peer, String field, String value) {
    return MemoryExchange.of("POST", "/mcp").bearer("good.mcp_read").from(peer).field(field, value);
  }

  private static MemoryExchange through(String protocol) {
    return through("10.0.0.1", "X-Forwarded-Proto", protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "HTTP", " http ", "https, http", "http,https"})
  void L02_refusesWhatReachedAProxyWithoutTls(String protocol) {
    Response response = through(protocol).refusedBy(engine(BEHIND_A_PROXY));

    assertEquals(403, response.status());
    assertEquals("", challenge(response));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":403,\"message\":\"The request must be"
            + " sent over TLS\"}}",
        response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "https, https", "wss", "", "httpx", "h"})
  void L02_acceptsEverythingElse(String protocol) {
    assertTrue(through(protocol).admittedBy(engine(BEHIND_A_PROXY)));
  }

  @Test
  void L02_L04_believesTrustedProxiesOnly() {
    assertTrue(
        through("192.0.2.1", "X-Forwarded-Proto", "http").admittedBy(engine(BEHIND_A_PROXY)));
    assertTrue(through("http").admittedBy(engine()));
    assertTrue(
        MemoryExchange.of("POST", "/mcp")
            .bearer("good.mcp_read")
            .field("X-Forwarded-Proto", "http")
            .admittedBy(engine(BEHIND_A_PROXY)));
  }

  @Test
  void L02_readsTheOneFieldThatTheProxiesWrite() {
    ResourceServer engine = engine(BEHIND_A_PROXY.andThen(config -> config.forwardedHeader(true)));

    assertEquals(
        403,
        through("10.0.0.1", "Forwarded", "for=192.0.2.1;proto=http, for=10.0.0.9;proto=https")
            .refusedBy(engine)
            .status());
    assertTrue(
        through("10.0.0.1", "Forwarded", "for=192.0.2.1;proto=https")
            .field("X-Forwarded-Proto", "http")
            .admittedBy(engine));
    assertTrue(through("10.0.0.1", "Forwarded", "proto=http").admittedBy(engine(BEHIND_A_PROXY)));
  }

  @Test
  void L02_publicPathsAndMetadataHaveNothingToLose() {
    ResourceServer engine = engine(BEHIND_A_PROXY);

    assertTrue(
        MemoryExchange.of("GET", "/health")
            .from("10.0.0.1")
            .field("X-Forwarded-Proto", "http")
            .admittedBy(engine));
    assertEquals(
        200,
        MemoryExchange.of("GET", "/.well-known/oauth-protected-resource/mcp")
            .from("10.0.0.1")
            .field("X-Forwarded-Proto", "http")
            .refusedBy(engine)
            .status());
  }

  @Test
  void L02_saysThatATokenMayBeKnownToOthersAndNotWhich() {
    List<DecisionEvent> events = new ArrayList<>();
    ResourceServer engine = engine(BEHIND_A_PROXY.andThen(config -> config.listener(events::add)));

    through("http").refusedBy(engine);
    MemoryExchange.of("POST", "/mcp")
        .from("10.0.0.1")
        .field("X-Forwarded-Proto", "http")
        .refusedBy(engine);

    assertEquals(
        List.of(
            new Decision.Denied(
                Denial.CLEAR_TEXT, "a token was sent without TLS: it may be known to others"),
            new Decision.Denied(Denial.CLEAR_TEXT, "")),
        events.stream().map(DecisionEvent::decision).toList());
  }

  @Test
  void L02_canBeAcceptedByName() {
    Consumer<ConfigBuilder> relaxed =
        BEHIND_A_PROXY.andThen(config -> config.hardening().acceptClearText(true));

    assertTrue(through("http").admittedBy(engine(relaxed)));
  }
}
