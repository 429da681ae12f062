package dev.countersign.token;

import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.RESOURCE;
import static dev.countersign.token.FakeIssuer.JWKS;
import static dev.countersign.token.FakeIssuer.METADATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.Json;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Finding.Level;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthorizationServerCheckTest {

  private static final TokenMint KEY = TokenMint.of(SignatureAlgorithm.ES256, "k1");
  private static final List<ProtectedResourceMetadata> RESOURCES =
      List.of(
          ProtectedResourceMetadata.builder(RESOURCE, List.of(ISSUER))
              .scopesSupported(Scope.of("a", "b"))
              .build());

  private final FakeIssuer server = new FakeIssuer();

  @BeforeEach
  void publishKeys() {
    server.publish(KEY);
  }

  private static Map<String, Object> good() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("issuer", ISSUER);
    metadata.put("jwks_uri", JWKS);
    metadata.put("registration_endpoint", ISSUER + "/register");
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    return metadata;
  }

  private List<Finding> check(Map<String, Object> metadata) {
    server.answer(METADATA, () -> FakeIssuer.text(Json.write(metadata)));
    return check(Bench.strict());
  }

  private List<Finding> check(TrustedIssuer issuer) {
    return AuthorizationServerCheck.check(issuer, RESOURCES, server);
  }

  private static Finding only(List<Finding> findings) {
    assertEquals(1, findings.size(), findings::toString);
    assertTrue(
        findings.get(0).text().startsWith("authorization server " + ISSUER + ": "),
        findings::toString);
    return findings.get(0);
  }

  private static void assertOnly(String id, Level level, List<Finding> findings) {
    assertEquals(id, only(findings).id());
    assertEquals(level, only(findings).level());
  }

  @Test
  void hasNothingToSayWhenEverythingFits() {
    assertEquals(List.of(), check(good()));
  }

  @Test
  void M70_O02_KS26_saysInWhatTheIssuerDiffers() {
    Map<String, String> hints = new LinkedHashMap<>();
    hints.put(ISSUER + "/", "configure it with a slash at the end");
    hints.put("https://ID.example", "they differ in upper and lower case");
    hints.put("https://other.example", "they must be identical");
    hints.forEach(
        (other, hint) -> {
          Map<String, Object> metadata = good();
          metadata.put("issuer", other);
          Finding finding = only(check(metadata));

          assertOnly("D46", Level.ERROR, check(metadata));
          assertTrue(
              finding
                  .text()
                  .contains("its issuer is \"" + other + "\" and not \"" + ISSUER + "\": " + hint),
              finding.text());
        });
  }

  @Test
  void saysThatASlashIsTooMany() {
    assertTrue(
        IssuerDifference.describe(ISSUER + "/", ISSUER)
            .contains("configure it without the slash at the end"));
  }

  @Test
  void printsNothingOfAnotherIssuerThatALogCouldNotHold() {
    String text =
        IssuerDifference.describe(ISSUER, "x\r\nLevel: ERROR\u001b[31m" + "y".repeat(5000));

    assertTrue(text.chars().allMatch(c -> c >= ' ' && c < 0x7F), text);
    assertTrue(text.length() < 500, text);
  }

  @Test
  void M70_tellsAnOutageFromAServerWithoutMetadata() {
    server.vanish();
    assertOnly("D46", Level.ERROR, check(Bench.strict()));

    server.answer(METADATA, FakeIssuer::absent);
    assertOnly("D46", Level.ERROR, check(Bench.strict()));
    assertTrue(
        only(check(Bench.strict()))
            .text()
            .contains(METADATA + ": there is no such document (status 404)"));

    TrustedIssuer withKeys = TrustedIssuer.builder(ISSUER).jwksUri(URI.create(JWKS)).build();
    server.publish(KEY);
    assertOnly("D46", Level.WARNING, check(withKeys));
  }

  @Test
  void M73_KS27_saysThatTheKeysAreOnAnotherHost() {
    Map<String, Object> metadata = good();
    metadata.put("jwks_uri", "https://keys.example/jwks");

    assertOnly("D51", Level.ERROR, check(metadata));
    assertTrue(only(check(metadata)).text().endsWith(KeyLocation.PROBLEM));
  }

  @Test
  void M73_saysThatThereAreNoUsableKeys() {
    server.answer(JWKS, FakeIssuer::absent);
    assertOnly("D51", Level.ERROR, check(good()));

    server.answer(JWKS, () -> FakeIssuer.text("{\"keys\":[]}"));
    assertOnly("D51", Level.ERROR, check(good()));
  }

  @Test
  void M75_M76_advisesOnWhatClientsNeed() {
    Map<String, Object> noPkce = good();
    noPkce.remove("code_challenge_methods_supported");
    assertOnly("D48", Level.WARNING, check(noPkce));
    assertTrue(only(check(noPkce)).text().contains("S256"));

    Map<String, Object> noRegistration = good();
    noRegistration.remove("registration_endpoint");
    assertOnly("D49", Level.INFO, check(noRegistration));
    noRegistration.put("client_id_metadata_document_supported", true);
    assertEquals(List.of(), check(noRegistration));

    Map<String, Object> resources = good();
    resources.put("protected_resources", List.of("https://other.example"));
    assertOnly("D38", Level.WARNING, check(resources));
    assertTrue(only(check(resources)).text().contains(RESOURCE.toString()));
    resources.put("protected_resources", List.of(RESOURCE.toString()));
    assertEquals(List.of(), check(resources));
  }

  @Test
  void M32_namesTheScopesThatTheServerDoesNotKnow() {
    Map<String, Object> metadata = good();
    metadata.put("scopes_supported", List.of("a", "z"));
    assertOnly("D61", Level.WARNING, check(metadata));
    assertTrue(only(check(metadata)).text().contains("does not list b of " + RESOURCE));

    metadata.put("scopes_supported", List.of("a", "b", "z"));
    assertEquals(List.of(), check(metadata));
  }
}
