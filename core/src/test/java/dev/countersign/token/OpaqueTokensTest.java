package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueTokensTest {

  private static OpaqueTokens tokens(String endpoint, Duration life, TrustedIssuer issuer) {
    return new OpaqueTokens(
        issuer,
        new OpaqueTokens.Inquiry.Introspection(
            FakeIntrospection.CLIENT, Optional.of(URI.create(endpoint)), false),
        life);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example/introspect",
        "http://127.0.0.1/introspect",
        "ftp://id.example/introspect",
        "https://user:password@id.example/introspect",
        "https://id.example/introspect#fragment",
        "https://id.example./introspect",
        "https:///introspect",
        "/introspect"
      })
  void I03_SS6_SS7_refusesEndpointsThatAreNotPlainHttps(String endpoint) {
    assertThrows(
        IllegalArgumentException.class, () -> tokens(endpoint, Duration.ZERO, Bench.strict()));
  }

  @Test
  void I03_takesPlainHttpOnTheLoopbackForDevelopmentOnly() {
    TrustedIssuer issuer =
        TrustedIssuer.builder("http://127.0.0.1:9000").allowHttpOnLoopback().build();

    tokens("http://127.0.0.1:9000/introspect", Duration.ZERO, issuer);
    tokens("https://id.example/introspect?tenant=1", Duration.ZERO, Bench.strict());
    assertThrows(
        IllegalArgumentException.class,
        () -> tokens("http://id.example/introspect", Duration.ZERO, issuer));
  }

  @Test
  void I08_relyOnAnswersForAMinuteAtMost() {
    String endpoint = "https://id.example/introspect";
    tokens(endpoint, Duration.ofSeconds(60), Bench.strict());

    for (Duration life : List.of(Duration.ofSeconds(60).plusNanos(1), Duration.ofNanos(-1))) {
      assertThrows(IllegalArgumentException.class, () -> tokens(endpoint, life, Bench.strict()));
    }
  }

  @Test
  void LG18_printNoSecret() {
    String text = tokens("https://id.example/i", Duration.ZERO, Bench.strict()).toString();

    assertFalse(text.contains("rs-secret"), text);
  }

  @Test
  void IN5_anAlarmIsRaisedOnceAMinute() {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    List<String> raised = new ArrayList<>();
    PacedAlarm alarm = new PacedAlarm(nanos::get, raised::add);

    alarm.accept("a");
    alarm.accept("b");
    nanos.addAndGet(PacedAlarm.PAUSE.toNanos() - 1);
    alarm.accept("c");
    nanos.addAndGet(1);
    alarm.accept("d");

    assertEquals(List.of("a", "d"), raised);
  }
}
