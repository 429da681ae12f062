package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedIssuerTest {

  private static String refusal(TrustedIssuerBuilder builder) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, builder::build).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example",
        "https://id.example/",
        "https://id.example/realms/x",
        "https://ID.example",
        "https://id.example:8443",
        "https://[2001:db8::1]/x"
      })
  void keepsAnIssuerByteForByte(String issuer) {
    assertEquals(issuer, TrustedIssuer.of(issuer).issuer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id.example",
        "http://id.example",
        "http://localhost:9000",
        "ftp://id.example",
        "https://",
        "https:///x",
        "https://u:p@id.example",
        "https://id.example#f",
        "https://id.example?q",
        "https://id.example.",
        "https://\u0456d.example",
        "https://id.example/ x",
        "https://id.example\r\nx",
        "file:///etc/passwd",
        "https://id.example/{tenantid}",
        "//id.example"
      })
  void SS6_CL16_refusesEverythingElse(String issuer) {
    refusal(TrustedIssuer.builder(issuer));
  }

  @Test
  void allowsHttpOnTheLoopbackByItsSwitchOnly() {
    for (String issuer :
        List.of("http://localhost:9000", "http://127.0.0.1:9000/x", "http://[::1]:1")) {
      assertTrue(refusal(TrustedIssuer.builder(issuer)).contains("allow-http-on-loopback=true"));
      assertEquals(issuer, TrustedIssuer.builder(issuer).allowHttpOnLoopback().build().issuer());
    }
    refusal(TrustedIssuer.builder("http://id.example").allowHttpOnLoopback());
    refusal(TrustedIssuer.builder("http://127.0.0.1.evil.example").allowHttpOnLoopback());
  }

  @Test
  void SS6_checksTheKeyLocationToo() {
    for (String wrong :
        List.of(
            "http://keys.example",
            "file:///k",
            "https://u@keys.example",
            "https://keys.example#x")) {
      assertTrue(
          refusal(TrustedIssuer.builder(Bench.ISSUER).jwksUri(URI.create(wrong)))
              .startsWith("jwks-uri"));
    }
  }

  @Test
  void refusesWhatWouldTakeTheChecksAway() {
    refusal(TrustedIssuer.builder(Bench.ISSUER).algorithms());
    refusal(TrustedIssuer.builder(Bench.ISSUER).audienceAliases(""));
    refusal(TrustedIssuer.builder(Bench.ISSUER).audienceAliases("a", "*"));
    refusal(TrustedIssuer.builder(Bench.ISSUER).maximumAge(Duration.ofSeconds(-1)));
    refusal(TrustedIssuer.builder(Bench.ISSUER).maximumLifetime(Duration.ofSeconds(-1)));
  }

  @Test
  void J06_J07_theDefaultAlgorithmsAreThoseOfTheRequirements() {
    assertEquals(
        List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519"),
        TrustedIssuer.of(Bench.ISSUER).algorithms().stream()
            .map(SignatureAlgorithm::headerName)
            .toList());
  }

  @Test
  void printsOnlyWhatDiffersFromTheDefault() {
    assertEquals("TrustedIssuer[https://id.example]", TrustedIssuer.of(Bench.ISSUER).toString());
    assertEquals("TrustedIssuer[https://id.example, accept-plain-jwt]", Bench.plain().toString());
    assertEquals(
        "TrustedIssuer[https://id.example, jwks-uri=https://keys.example/k, algorithms=[RS512],"
            + " audience-aliases=[a], exclusive-audience, scope-claims=[permissions],"
            + " client-id-claims=[cid], maximum-age=PT1H, maximum-lifetime=PT2H, allow-http-on-loopback,"
            + " allow-private-addresses]",
        TrustedIssuer.builder(Bench.ISSUER)
            .jwksUri(URI.create("https://keys.example/k"))
            .algorithms(SignatureAlgorithm.RS512)
            .audienceAliases("a")
            .exclusiveAudience()
            .scopeClaims("permissions")
            .clientIdClaims("cid")
            .maximumAge(Duration.ofHours(1))
            .maximumLifetime(Duration.ofHours(2))
            .allowHttpOnLoopback()
            .allowPrivateAddresses()
            .build()
            .toString());
  }
}
