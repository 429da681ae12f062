package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.spi.Finding;
import dev.countersign.spi.Finding.Level;
import dev.countersign.token.OpaqueTokens.Inquiry;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said at start about an authorization server with opaque tokens. */
class OpaqueTokensCheckTest {

  private static final Optional<URI> FOUND = Optional.empty();
  private static final Optional<URI> CONFIGURED =
      Optional.of(URI.create("https://api.example/introspect"));

  private final FakeIssuer server = new FakeIssuer();
  private final Map<String, Object> metadata = new LinkedHashMap<>();

  @BeforeEach
  void serve() {
    metadata.put("issuer", Bench.ISSUER);
    metadata.put("jwks_uri", FakeIssuer.JWKS);
    metadata.put("introspection_endpoint", Bench.ISSUER + "/introspect");
    metadata.put("registration_endpoint", Bench.ISSUER + "/register");
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    server.answer(FakeIssuer.METADATA, () -> FakeIssuer.document(metadata));
  }

  private List<Finding> check(Inquiry inquiry) {
    TrustedIssuer issuer = TrustedIssuer.builder(Bench.ISSUER).audienceAliases("client").build();
    return AuthorizationServerCheck.check(
        new OpaqueTokens(issuer, inquiry, OpaqueTokens.DEFAULT_CACHE_LIFE), List.of(), server);
  }

  private static Inquiry introspection(Optional<URI> endpoint, boolean signed) {
    return new Inquiry.Introspection(FakeIntrospection.CLIENT, endpoint, signed);
  }

  private static Inquiry tokenInfo() {
    return new Inquiry.TokenInfo(URI.create("https://api.example/tokeninfo"));
  }

  private static List<Finding> problem(String id, String text) {
    return List.of(
        new Finding(id, Level.ERROR, "authorization server " + Bench.ISSUER + ": " + text));
  }

  @Test
  void isSilentIfEverythingIsThere() {
    for (Inquiry inquiry :
        List.of(
            introspection(FOUND, false),
            introspection(FOUND, true),
            introspection(CONFIGURED, true),
            tokenInfo())) {
      assertEquals(List.of(), check(inquiry));
    }
  }

  @Test
  void missesAnEndpointThatIsNotConfigured() {
    metadata.put("introspection_endpoint", "https://other.example/introspect");
    assertEquals(problem("D62", IntrospectionEndpoint.PROBLEM), check(introspection(FOUND, false)));

    metadata.remove("introspection_endpoint");
    assertEquals(problem("D62", IntrospectionEndpoint.PROBLEM), check(introspection(FOUND, false)));
    assertEquals(List.of(), check(introspection(CONFIGURED, false)));
    assertEquals(List.of(), check(tokenInfo()));
  }

  @Test
  void missesKeysOnlyForSignedAnswers() {
    metadata.remove("jwks_uri");

    assertEquals(List.of(), check(introspection(FOUND, false)));
    assertEquals(List.of(), check(tokenInfo()));
    assertEquals(problem("D51", KeyLocation.PROBLEM), check(introspection(FOUND, true)));
  }

  @Test
  void needsMetadataOnlyForWhatIsNotConfigured() {
    server.answer(FakeIssuer.METADATA, FakeIssuer::absent);
    assertEquals(Level.ERROR, check(introspection(FOUND, false)).get(0).level());
    assertEquals(Level.ERROR, check(introspection(CONFIGURED, true)).get(0).level());
    assertEquals(Level.WARNING, check(introspection(CONFIGURED, false)).get(0).level());
    assertEquals(Level.WARNING, check(tokenInfo()).get(0).level());

    server.vanish();
    assertEquals(Level.ERROR, check(introspection(FOUND, false)).get(0).level());
  }

  @Test
  void advisesAsWithJwts() {
    metadata.remove("code_challenge_methods_supported");

    assertEquals(Level.WARNING, check(introspection(FOUND, false)).get(0).level());
  }
}
