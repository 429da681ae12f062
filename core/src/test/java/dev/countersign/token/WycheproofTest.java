package dev.countersign.token;

import static dev.countersign.token.Bench.RESOURCE;
import static dev.countersign.token.Bench.validator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.token.Wycheproof.Vector;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not verify does not, what must does. */
class WycheproofTest {

  @ParameterizedTest
  @CsvSource({
    "json_web_signature_test.json, 401, 355",
    "json_web_key_test.json, 26, 21",
    "json_web_crypto_test.json, 49, 45"
  })
  void JS22_AL5_AL7_AL15_AL16_AL17_AL18_tokensVerifyAsTheyShould(
      String file, int count, int invalid) {
    List<Vector> vectors = tokens(file);
    assertEquals(count, vectors.size());
    assertEquals(invalid, vectors.stream().filter(vector -> !vector.isValid()).count());

    assertEquals(Map.of(), Wycheproof.wrongTokens(vectors));
  }

  private static List<Vector> tokens(String file) {
    List<Vector> vectors = new ArrayList<>(Wycheproof.vectors(file));
    vectors.removeIf(vector -> !vector.test().containsKey("jws"));
    return vectors;
  }

  @Test
  void JS24_ed25519SignaturesVerifyAsTheyShould() {
    bareSignatures("ed25519_test.json", SignatureAlgorithm.ED25519, 151);
  }

  @Test
  void JS14_JS15_JS16_JS17_JS18_ecdsaSignaturesVerifyAsTheyShould() {
    bareSignatures("ecdsa_secp256r1_sha256_p1363_test.json", SignatureAlgorithm.ES256, 262);
  }

  @Test
  void JS23_pssSignaturesVerifyAsTheyShould() {
    bareSignatures("rsa_pss_2048_sha256_mgf1_32_test.json", SignatureAlgorithm.PS256, 108);
  }

  private static void bareSignatures(String file, SignatureAlgorithm algorithm, int count) {
    List<Vector> vectors = Wycheproof.vectors(file);
    assertEquals(count, vectors.size());

    assertEquals(Map.of(), Wycheproof.wrongSignatures(vectors, algorithm));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Integer.MAX_VALUE})
  void AL27_theVerdictsDoNotDependOnTheOrderOfProviders(int position)
      throws GeneralSecurityException {
    Provider other = new BouncyCastleProvider();
    assertNull(Security.getProvider(other.getName()));
    Security.insertProviderAt(other, position);
    try {
      boolean first = Signature.getInstance("SHA256withRSA").getProvider().equals(other);
      assertEquals(position == 1, first);
      assertEquals(Map.of(), Wycheproof.wrongTokens(tokens("json_web_signature_test.json")));
      assertEquals(Map.of(), Wycheproof.wrongTokens(tokens("json_web_key_test.json")));
      JS24_ed25519SignaturesVerifyAsTheyShould();
      JS14_JS15_JS16_JS17_JS18_ecdsaSignaturesVerifyAsTheyShould();
      JS23_pssSignaturesVerifyAsTheyShould();
    } finally {
      Security.removeProvider(other.getName());
    }
  }

  @ParameterizedTest
  @CsvSource({"json_web_encryption_test.json, 139", "json_web_crypto_test.json, 34"})
  void JE7_nothingEncryptedIsAToken(String file, int count) {
    List<String> tokens =
        Wycheproof.vectors(file).stream()
            .map(vector -> vector.test().get("jwe"))
            .filter(Objects::nonNull)
            .map(String::valueOf)
            .toList();
    assertEquals(count, tokens.size());

    assertEquals(List.of(), tokens.stream().filter(token -> !isDenied(token)).toList());
  }

  // None of them is an access token, whatever becomes of its signature.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "json_web_signature_test.json",
        "json_web_key_test.json",
        "json_web_crypto_test.json"
      })
  void JS22_JS8_noVectorIsAnAccessToken(String file) {
    List<String> tokens =
        tokens(file).stream().map(vector -> String.valueOf(vector.test().get("jws"))).toList();

    assertEquals(List.of(), tokens.stream().filter(token -> !isDenied(token)).toList());
  }

  // What is no b64token does not get as far as a validator.
  private static boolean isDenied(String token) {
    BearerToken bearer;
    try {
      bearer = BearerToken.of(token);
    } catch (IllegalArgumentException e) {
      return true;
    }
    return validator(Wycheproof.LENIENT).validate(bearer, RESOURCE) instanceof Decision.Denied;
  }
}
