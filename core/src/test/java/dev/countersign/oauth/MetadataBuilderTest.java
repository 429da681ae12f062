package dev.countersign.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataBuilderTest {

  private static final ResourceIdentifier RESOURCE =
      ResourceIdentifier.parse("https://mcp.example.com/mcp");
  private static final String MINIMAL =
      """
      {"resource":"https://mcp.example.com/mcp","authorization_servers":["https://as.example.com"],\
      "bearer_methods_supported":["header"]}\
      """;

  private static MetadataBuilder builder() {
    return ProtectedResourceMetadata.builder(RESOURCE, List.of("https://as.example.com"));
  }

  private static Object member(String name, MetadataBuilder builder) {
    return builder.build().members().getOrDefault(name, "absent");
  }

  private static void assertRefused(Runnable step) {
    assertThrows(IllegalArgumentException.class, step::run);
  }

  @Test
  void M02_needsOneAuthorizationServer() {
    assertRefused(() -> ProtectedResourceMetadata.builder(RESOURCE, List.of()));
  }

  @Test
  void M14_M25_M37_isMinimalByDefault() {
    assertEquals(MINIMAL, builder().build().toJson());
  }

  @Test
  void M71_M72_keepsIssuersByteForByteAndInOrder() {
    List<String> issuers = List.of("https://b.example/", "https://a.example", "https://B.example");

    assertEquals(
        issuers,
        ProtectedResourceMetadata.builder(RESOURCE, issuers).build().authorizationServers());
  }

  @Test
  void M26_M27_leavesOutWhatHasNoValue() {
    MetadataBuilder builder =
        builder()
            .scopesSupported(Scope.NONE)
            .resourceName("")
            .text("resource_tos_uri", "", "")
            .text("resource_name", "de", "")
            .jwksUri("")
            .resourceSigningAlgValuesSupported(List.of())
            .authorizationDetailsTypesSupported(List.of())
            .dpopSigningAlgValuesSupported(List.of());

    assertEquals(MINIMAL, builder.build().toJson());
  }

  @Test
  void M26_leavesOutWhatWasTakenBack() {
    MetadataBuilder builder = builder().scopesSupported(Scope.of("a")).scopesSupported(Scope.NONE);

    assertEquals(MINIMAL, builder.build().toJson());
  }

  @Test
  void M25_M32_writesOneScopeAsAnArray() {
    assertEquals(
        List.of("a"), member("scopes_supported", builder().scopesSupported(Scope.of("a"))));
  }

  @Test
  void M34_refusesOfflineAccess() {
    assertRefused(() -> builder().scopesSupported(Scope.of("a", "offline_access")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "cookie", "Header", ""})
  void M38_refusesAMethodThatIsNotAccepted(String method) {
    assertRefused(() -> builder().bearerMethodsSupported(List.of("header", method)));
  }

  @Test
  void M39_refusesQuery() {
    assertRefused(() -> builder().bearerMethodsSupported(List.of("query")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE"})
  void M40_refusesNoneAmongTheSigningAlgorithms(String algorithm) {
    assertRefused(() -> builder().resourceSigningAlgValuesSupported(List.of("ES256", algorithm)));
    assertEquals(
        List.of("ES256"),
        member(
            "resource_signing_alg_values_supported",
            builder().resourceSigningAlgValuesSupported(List.of("ES256"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource_documentation", "resource_policy_uri", "resource_tos_uri"})
  void M42_M43_M44_takesAbsoluteUrlsOnly(String name) {
    String url = "https://h.example/a?b=c#d";

    assertEquals(url, member(name, builder().text(name, "", url)));
    assertEquals("absent", member(name, builder()));
    for (String bad :
        List.of(
            "/a", "a", "//h.example", "https:", "mailto:a@b.example", "https://h.example/ä b")) {
      assertRefused(() -> builder().text(name, "", bad));
    }
  }

  @Test
  void M30_takesOnlyHttpsForTheKeysOfTheResource() {
    assertEquals(
        "https://mcp.example.com/keys",
        member("jwks_uri", builder().jwksUri("https://mcp.example.com/keys")));
    for (String bad : List.of("http://mcp.example.com/keys", "/keys", "https:keys")) {
      assertRefused(() -> builder().jwksUri(bad));
    }
  }

  @Test
  void M41_takesANameInAnyScript() {
    assertEquals("例 tools", member("resource_name", builder().resourceName("例 tools")));
  }

  @Test
  void M47_refusesSymmetricAlgorithms() {
    for (String bad : List.of("none", "HS256", "HS512")) {
      assertRefused(() -> builder().dpopSigningAlgValuesSupported(List.of("ES256", bad)));
    }
    assertEquals(
        List.of("ES256"),
        member(
            "dpop_signing_alg_values_supported",
            builder().dpopSigningAlgValuesSupported(List.of("ES256"))));
  }

  @Test
  void M27_writesFlagsAsBooleans() {
    MetadataBuilder builder =
        builder().tlsClientCertificateBoundAccessTokens().dpopBoundAccessTokensRequired();

    assertEquals(true, member("tls_client_certificate_bound_access_tokens", builder));
    assertEquals(true, member("dpop_bound_access_tokens_required", builder));
  }

  @Test
  void M49_mergesExtensionsAndProtectsRegisteredNames() {
    assertEquals(
        Map.of("a", List.of(1L, true, "x")),
        member(
            "x_extension", builder().extension("x_extension", Map.of("a", List.of(1, true, "x")))));
    for (String bad :
        List.of(
            "resource",
            "authorization_servers",
            "signed_metadata",
            "jwks_uri",
            "resource_name",
            "resource_name#de",
            "resource#de",
            "dpop_bound_access_tokens_required",
            "")) {
      assertRefused(() -> builder().extension(bad, "x"));
    }
    assertRefused(() -> builder().extension("x", new Object()));
    assertThrows(NullPointerException.class, () -> builder().extension("x", null));
  }

  @Test
  void CA13_keepsNothingThatACallerCanChange() {
    List<String> types = new ArrayList<>(List.of("a"));
    List<Object> extension = new ArrayList<>(List.of("a"));
    ProtectedResourceMetadata metadata =
        builder().authorizationDetailsTypesSupported(types).extension("x", extension).build();

    types.add("b");
    extension.add("b");

    assertEquals(List.of("a"), metadata.members().get("authorization_details_types_supported"));
    assertEquals(List.of("a"), metadata.members().get("x"));
    metadata
        .members()
        .values()
        .forEach(
            value -> {
              if (value instanceof List<?> list) {
                assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
              }
            });
    assertThrows(UnsupportedOperationException.class, () -> metadata.members().remove("x"));
  }

  @Test
  void M50_putsALanguageTagOnTextsForPeopleOnly() {
    MetadataBuilder builder =
        builder().resourceName("Tools").text("resource_name", "de", "Werkzeuge");

    assertEquals("Werkzeuge", member("resource_name#de", builder));
    assertEquals("Tools", member("resource_name", builder));
    for (String other : List.of("resource", "scopes_supported", "jwks_uri", "x_extension")) {
      assertRefused(() -> builder().text(other, "de", "x"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"de_DE", "d", "de--DE", "-de", "de-", "abcdefghi", "de DE", "#", "ä", "und"})
  void M52_refusesATagThatIsNotWellFormed(String tag) {
    assertRefused(() -> builder().text("resource_name", tag, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "de-AT", "zh-Hant-TW", "sr-Latn", "en-GB-oxendict", "x-private"})
  void M52_takesAWellFormedTag(String tag) {
    assertEquals("x", member("resource_name#" + tag, builder().text("resource_name", tag, "x")));
  }

  @Test
  void M53_refusesTwoTagsThatDifferInCaseOnly() {
    MetadataBuilder builder = builder().text("resource_name", "en-us", "x");

    assertRefused(() -> builder.text("resource_name", "EN-US", "y"));
    assertEquals("z", member("resource_name#en-us", builder.text("resource_name", "en-us", "z")));
  }

  private static String jws(String header, String claims, String signature) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + signature;
  }

  private static String claims(String more) {
    return MINIMAL.substring(0, MINIMAL.length() - 1) + more + "}";
  }

  private static final String ISS = ",\"iss\":\"https://mcp.example.com/mcp\"";

  @Test
  void M54_writesSignedMetadataAsOneString() {
    String jws = jws("{\"alg\":\"ES256\"}", claims(ISS), "c2ln");

    assertEquals(jws, member("signed_metadata", builder().signedMetadata(jws)));
    assertEquals(jws, member("signed_metadata", builder().signedMetadata(jws).signedMetadata(jws)));
  }

  @Test
  void M55_refusesWhatIsNotSignedOrHasNoIssuer() {
    assertRefused(() -> builder().signedMetadata(jws("{\"alg\":\"ES256\"}", claims(ISS), "")));
    assertRefused(() -> builder().signedMetadata(jws("{\"alg\":\"ES256\"}", claims(""), "c2ln")));
    assertRefused(
        () -> builder().signedMetadata(jws("{\"alg\":\"ES256\"}", claims(",\"iss\":1"), "c2ln")));
    for (String bad : List.of("", ".", "..", "a.b.c", "a.b", "a.b.c.d", "e30.e30.e30")) {
      assertRefused(() -> builder().signedMetadata(bad));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"alg\":\"none\"}", "{\"alg\":\"NoNe\"}", "{}", "{\"alg\":1}"})
  void M56_refusesTheAlgorithmNone(String header) {
    assertRefused(() -> builder().signedMetadata(jws(header, claims(ISS), "c2ln")));
  }

  @Test
  void M57_refusesSignedMetadataInsideItself() {
    String nested = claims(ISS + ",\"signed_metadata\":\"x\"");

    assertRefused(() -> builder().signedMetadata(jws("{\"alg\":\"ES256\"}", nested, "c2ln")));
  }

  @Test
  void M58_refusesASignedValueThatDiffers() {
    String jws = jws("{\"alg\":\"ES256\"}", claims(ISS), "c2ln");

    assertRefused(() -> builder().resourceName("Tools").signedMetadata(jws));
    assertRefused(() -> builder().signedMetadata(jws).resourceName("Tools").build());
    assertRefused(() -> builder().scopesSupported(Scope.of("a")).signedMetadata(jws));
  }

  @Test
  void M58_takesEqualValuesOfEveryType() {
    MetadataBuilder builder =
        builder()
            .tlsClientCertificateBoundAccessTokens()
            .extension("x", Map.of("n", 1))
            .scopesSupported(Scope.of("a", "b"));
    String same = builder.build().toJson();

    String jws =
        jws("{\"alg\":\"ES256\"}", same.substring(0, same.length() - 1) + ISS + "}", "c2ln");

    assertTrue(builder.signedMetadata(jws).build().toJson().contains("signed_metadata"));
  }

  @Test
  void aRefusedStepChangesNothing() {
    MetadataBuilder builder = builder();

    assertRefused(() -> builder.jwksUri("http://x.example"));
    assertRefused(() -> builder.text("resource_tos_uri", "", "x"));

    assertEquals(MINIMAL, builder.build().toJson());
    assertFalse(builder.build().members().containsKey("jwks_uri"));
  }

  @Test
  void E10_typesOfAuthorizationDetailsAreAMember() {
    ProtectedResourceMetadata metadata =
        builder().authorizationDetailsTypesSupported(List.of("payment", "files")).build();

    assertEquals(
        List.of("payment", "files"),
        metadata.members().get("authorization_details_types_supported"));
    assertFalse(builder().build().members().containsKey("authorization_details_types_supported"));
  }
}
