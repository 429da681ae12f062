package dev.countersign.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAuthenticationTest {

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> fields = new LinkedHashMap<>();

  private void authenticate(String id, ClientAuthMethod method, ClientSecret secret)
      throws GeneralSecurityException {
    IntrospectionClient client = new IntrospectionClient(id, method, secret);
    new ClientAuthentication(client, Bench.ISSUER).addTo(parameters, fields, Bench.NOW);
  }

  private static String basic(String encodedPair) {
    return "Basic "
        + Base64.getEncoder().encodeToString(encodedPair.getBytes(StandardCharsets.US_ASCII));
  }

  private record Secret(String id, String secret, String encoded) {}

  static Stream<Secret> secrets() {
    return Stream.of(
        new Secret("rs-1", "secret", "rs-1:secret"),
        new Secret("a:b", "c:d", "a%3Ab:c%3Ad"),
        new Secret("https://mcp.example/mcp", "x", "https%3A%2F%2Fmcp.example%2Fmcp:x"),
        new Secret("rs 1", "p&q=%+ ", "rs+1:p%26q%3D%25%2B+"),
        new Secret("rs", "\u00fc\u20ac\ud83d\udd11", "rs:%C3%BC%E2%82%AC%F0%9F%94%91"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void IN21_I02_encodesIdentifierAndSecretBeforeBasic(Secret one) throws Exception {
    authenticate(one.id(), ClientAuthMethod.CLIENT_SECRET_BASIC, ClientSecret.of(one.secret()));

    assertEquals(Map.of("Authorization", basic(one.encoded())), fields);
    assertEquals(Map.of(), parameters);
  }

  @Test
  void I02_postsIdentifierAndSecret() throws Exception {
    authenticate("a:b", ClientAuthMethod.CLIENT_SECRET_POST, ClientSecret.of("c d"));

    assertEquals(Map.of("client_id", "a:b", "client_secret", "c d"), parameters);
    assertEquals(Map.of(), fields);
  }

  static String privateJwk(TokenMint mint) {
    return Json.write(privateMembers(mint));
  }

  static Map<String, Object> privateMembers(TokenMint mint) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    KeyShape shape = mint.algorithm().shape();
    if (shape == KeyShape.RSA) {
      jwk.putAll(
          new RSAKey.Builder((RSAPublicKey) mint.pair().getPublic())
              .privateKey(mint.pair().getPrivate())
              .build()
              .toJSONObject());
    } else if (shape.isElliptic()) {
      Curve curve = shape.curve();
      jwk.putAll(
          new ECKey.Builder(curve, (ECPublicKey) mint.pair().getPublic())
              .privateKey(mint.pair().getPrivate())
              .build()
              .toJSONObject());
    } else {
      byte[] encoded = mint.pair().getPrivate().getEncoded();
      jwk.putAll(mint.bareJwk());
      jwk.put(
          "d", TokenMint.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
    }
    jwk.put("kid", mint.keyId());
    return jwk;
  }

  private Map<String, Object> assertion() throws JsonException {
    CompactJws jws = CompactJws.parse(parameters.get("client_assertion")).orElseThrow();
    return Json.readObject(jws.payload(), Claims.LIMITS);
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void I02_signsAnAssertionWithEveryAlgorithm(SignatureAlgorithm algorithm) throws Exception {
    TokenMint mint = TokenMint.of(algorithm, "rs-key");
    Map<String, Object> jwk = privateMembers(mint);
    jwk.put("alg", algorithm.headerName());

    authenticate("rs-1", ClientAuthMethod.PRIVATE_KEY_JWT, ClientSecret.of(Json.write(jwk)));

    CompactJws jws = CompactJws.parse(parameters.get("client_assertion")).orElseThrow();
    Map<String, Object> header = Json.readObject(jws.header(), HeaderRules.LIMITS);
    assertEquals(Map.of("typ", "JWT", "alg", algorithm.headerName(), "kid", "rs-key"), header);
    SigningKeys.Answer.Found found =
        (SigningKeys.Answer.Found) Bench.set(mint.jwk()).find("rs-key", algorithm);
    assertTrue(found.key().verifies(algorithm, jws));
  }

  @Test
  void I02_assertsWhoAsksWhomAndForHowLong() throws Exception {
    authenticate("rs-1", ClientAuthMethod.PRIVATE_KEY_JWT, ClientSecret.of(privateJwk(Bench.EC)));

    Map<String, Object> claims = new LinkedHashMap<>(assertion());
    assertEquals(32, ((String) claims.remove("jti")).length());
    assertEquals(
        Map.of(
            "iss",
            "rs-1",
            "sub",
            "rs-1",
            "aud",
            Bench.ISSUER,
            "iat",
            Bench.SECONDS,
            "exp",
            Bench.SECONDS + 60),
        claims);
    assertEquals("rs-1", parameters.get("client_id"));
    assertEquals(
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        parameters.get("client_assertion_type"));
    assertEquals(Map.of(), fields);
  }

  @Test
  void I02_usesNoAssertionTwice() throws Exception {
    ClientSecret key = ClientSecret.of(privateJwk(Bench.EC));
    authenticate("rs-1", ClientAuthMethod.PRIVATE_KEY_JWT, key);
    Object first = assertion().get("jti");
    authenticate("rs-1", ClientAuthMethod.PRIVATE_KEY_JWT, key);

    assertNotEquals(first, assertion().get("jti"));
  }

  static Stream<String> noKeys() {
    Map<String, Object> weak =
        privateMembers(
            new TokenMint(SignatureAlgorithm.RS256, "weak", TokenMint.newPair(KeyShape.RSA, 1024)));
    Map<String, Object> misfit = privateMembers(Bench.EC);
    misfit.put("alg", "RS256");
    Map<String, Object> hmac = privateMembers(Bench.RSA);
    hmac.put("alg", "HS256");
    return Stream.of(
        "",
        "secret",
        "{}",
        "[]",
        "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}",
        Json.write(Bench.EC.bareJwk()),
        Json.write(Bench.RSA.bareJwk()),
        Json.write(Bench.ED.bareJwk()),
        Json.write(weak),
        Json.write(misfit),
        Json.write(hmac),
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"AAAA\"}",
        "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"d\":\"AAAA\"}");
  }

  @ParameterizedTest
  @MethodSource("noKeys")
  void refusesWhatIsNoPrivateKeyAndRepeatsNothingOfIt(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> PrivateJwk.parse(text));

    assertTrue(String.valueOf(refused.getMessage()).startsWith("expected one private key"));
    assertEquals(null, refused.getCause());
  }

  @Test
  void IN20_readsASecretAgainWheneverItIsUsed(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "old\n");
    ClientSecret secret = ClientSecret.file(file);
    authenticate("rs", ClientAuthMethod.CLIENT_SECRET_BASIC, secret);
    assertEquals(basic("rs:old"), fields.get("Authorization"));

    Files.writeString(file, "new\r\n");
    authenticate("rs", ClientAuthMethod.CLIENT_SECRET_BASIC, secret);
    assertEquals(basic("rs:new"), fields.get("Authorization"));

    // While somebody replaces the file, the last one is better than none.
    Files.writeString(file, "");
    authenticate("rs", ClientAuthMethod.CLIENT_SECRET_POST, secret);
    assertEquals("new", parameters.get("client_secret"));
    Files.delete(file);
    authenticate("rs", ClientAuthMethod.CLIENT_SECRET_POST, secret);
    assertEquals("new", parameters.get("client_secret"));
  }

  @Test
  void IN20_readsAKeyAgainWheneverItIsUsed(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("key.json"), privateJwk(Bench.EC) + "\n");
    IntrospectionClient client =
        new IntrospectionClient("rs", ClientAuthMethod.PRIVATE_KEY_JWT, ClientSecret.file(file));
    ClientAuthentication authentication = new ClientAuthentication(client, Bench.ISSUER);
    authentication.addTo(parameters, fields, Bench.NOW);
    assertEquals("ec-1", keyId());

    Files.writeString(file, privateJwk(Bench.RSA));
    authentication.addTo(parameters, fields, Bench.NOW);
    assertEquals("rsa-1", keyId());

    Files.writeString(file, "no key");
    assertThrows(
        IllegalArgumentException.class, () -> authentication.addTo(parameters, fields, Bench.NOW));
  }

  private Object keyId() throws JsonException {
    CompactJws jws = CompactJws.parse(parameters.get("client_assertion")).orElseThrow();
    return Json.readObject(jws.header(), HeaderRules.LIMITS).get("kid");
  }

  @Test
  void IN20_LG18_printsNoSecret(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "hidden-in-file");
    ClientSecret text = ClientSecret.of("hidden-secret");

    assertEquals("[13 characters]", text.toString());
    assertEquals("[file]", ClientSecret.file(file).toString());
    String client =
        new IntrospectionClient("rs", ClientAuthMethod.CLIENT_SECRET_BASIC, text).toString();
    assertFalse(client.contains("hidden"), client);
    assertFalse(PrivateJwk.parse(privateJwk(Bench.EC)).toString().contains("\"d\""));
  }

  @Test
  void refusesFilesWithoutASecret(@TempDir Path directory) throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "\n\n");
    Path large = Files.writeString(directory.resolve("large"), "x".repeat(16 * 1024 + 1));
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});

    for (Path file : new Path[] {empty, large, binary, directory, directory.resolve("none")}) {
      assertThrows(IllegalArgumentException.class, () -> ClientSecret.file(file));
    }
    assertThrows(IllegalArgumentException.class, () -> ClientSecret.of(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r\u00fcs", "a\nb", "a\u007f"})
  void refusesIdentifiersThatNoClientCanHave(String id) {
    ClientSecret secret = ClientSecret.of("x");

    assertThrows(
        IllegalArgumentException.class,
        () -> new IntrospectionClient(id, ClientAuthMethod.CLIENT_SECRET_BASIC, secret));
  }

  @Test
  void knowsTheMethodsByTheirRegisteredNames() {
    for (ClientAuthMethod method : ClientAuthMethod.values()) {
      assertEquals(method, ClientAuthMethod.parse(method.registeredName()));
    }
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ClientAuthMethod.parse("none"));
    assertEquals(
        "expected one of client_secret_basic, client_secret_post, private_key_jwt, tls_client_auth,"
            + " self_signed_tls_client_auth",
        refused.getMessage());
  }
}
