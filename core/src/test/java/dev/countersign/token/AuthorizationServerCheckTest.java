package dev.countersign.token;

import static dev.countersign.token.Bench.ISSUER;
import static dev.countersign.token.Bench.RESOURCE;
import static dev.countersign.token.FakeIssuer.JWKS;
import static dev.countersign.token.FakeIssuer.METADATA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.internal.Json;
import dev.countersign.token.AuthorizationServerCheck.Finding;
import dev.countersign.token.AuthorizationServerCheck.Level;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthorizationServerCheckTest {

  private final FakeIssuer server = new FakeIssuer();

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
    return AuthorizationServerCheck.check(Bench.strict(), RESOURCE, server);
  }

  private Finding only(List<Finding> findings) {
    assertEquals(1, findings.size(), findings::toString);
    assertEquals(ISSUER, findings.get(0).issuer());
    return findings.get(0);
  }

  @Test
  void hasNothingToSayWhenEverythingFits() {
    assertEquals(List.of(), check(good()));
  }

  @Test
  void O02_KS26_saysInWhatTheIssuerDiffers() {
    Map<String, String> hints = new LinkedHashMap<>();
    hints.put(ISSUER + "/", "configure it with a slash at the end");
    hints.put("https://ID.example", "they differ in upper and lower case");
    hints.put("https://other.example", "they must be identical");
    hints.forEach(
        (other, hint) -> {
          Map<String, Object> metadata = good();
          metadata.put("issuer", other);
          Finding finding = only(check(metadata));

          assertEquals(Level.PROBLEM, finding.level());
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
  void tellsAnOutageFromAServerWithoutMetadata() {
    server.vanish();
    assertEquals(
        Level.OUTAGE,
        only(AuthorizationServerCheck.check(Bench.strict(), RESOURCE, server)).level());

    server.answer(METADATA, FakeIssuer::absent);
    Finding absent = only(AuthorizationServerCheck.check(Bench.strict(), RESOURCE, server));
    assertEquals(Level.PROBLEM, absent.level());
    assertTrue(absent.text().contains(METADATA + ": there is no such document (status 404)"));

    TrustedIssuer withKeys = TrustedIssuer.builder(ISSUER).jwksUri(URI.create(JWKS)).build();
    assertEquals(
        Level.ADVICE, only(AuthorizationServerCheck.check(withKeys, RESOURCE, server)).level());
  }

  @Test
  void KS27_saysThatTheKeysAreOnAnotherHost() {
    Map<String, Object> metadata = good();
    metadata.put("jwks_uri", "https://keys.example/jwks");

    assertEquals(new Finding(ISSUER, Level.PROBLEM, KeyLocation.PROBLEM), only(check(metadata)));
  }

  @Test
  void advisesOnWhatClientsNeed() {
    Map<String, Object> noPkce = good();
    noPkce.remove("code_challenge_methods_supported");
    assertEquals(Level.ADVICE, only(check(noPkce)).level());
    assertTrue(only(check(noPkce)).text().contains("S256"));

    Map<String, Object> noRegistration = good();
    noRegistration.remove("registration_endpoint");
    assertTrue(only(check(noRegistration)).text().contains("registration_endpoint"));
    noRegistration.put("client_id_metadata_document_supported", true);
    assertEquals(List.of(), check(noRegistration));

    Map<String, Object> resources = good();
    resources.put("protected_resources", List.of("https://other.example"));
    assertTrue(only(check(resources)).text().contains(RESOURCE.toString()));
    resources.put("protected_resources", List.of(RESOURCE.toString()));
    assertEquals(List.of(), check(resources));
  }
}
