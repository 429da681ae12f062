package dev.countersign.token;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import dev.countersign.oauth.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The vectors of project Wycheproof, and what comes of them here. */
final class Wycheproof {

  private static final Json.Limits LIMITS = new Json.Limits(1 << 20, 16, 1 << 20, 64);

  // Every algorithm there is, and no demand on typ, so that the signature decides.
  static final TrustedIssuer LENIENT =
      TrustedIssuer.builder(Bench.ISSUER)
          .acceptPlainJwt()
          .algorithms(SignatureAlgorithm.values())
          .build();

  private Wycheproof() {}

  /** One vector and the keys that it is to be verified with. */
  record Vector(Map<?, ?> group, Map<?, ?> test) {

    long id() {
      return (Long) test.get("tcId");
    }

    String text(String name) {
      return String.valueOf(test.get(name));
    }

    boolean isValid() {
      return text("result").equals("valid");
    }

    byte[] bytes(String name) {
      return HexFormat.of().parseHex(text(name));
    }

    // Some groups have the point only.
    Map<?, ?> publicKey() {
      if (group.get("publicKeyJwk") instanceof Map<?, ?> jwk) {
        return jwk;
      }
      String point = (String) ((Map<?, ?>) group.get("publicKey")).get("uncompressed");
      byte[] both = HexFormat.of().parseHex(point);
      Map<String, Object> jwk = new HashMap<>(Map.of("kty", "EC", "crv", "P-256"));
      jwk.put("x", TokenMint.encode(Arrays.copyOfRange(both, 1, 33)));
      jwk.put("y", TokenMint.encode(Arrays.copyOfRange(both, 33, 65)));
      return jwk;
    }

    List<?> jwks() {
      Map<?, ?> keys = (Map<?, ?>) group.get(group.containsKey("public") ? "public" : "private");
      return keys.get("keys") instanceof List<?> several ? several : List.of(keys);
    }
  }

  static List<Vector> vectors(String file) {
    try (InputStream in = Wycheproof.class.getResourceAsStream("/wycheproof/" + file)) {
      List<Vector> vectors = new ArrayList<>();
      for (Object group : (List<?>) Json.readObject(in.readAllBytes(), LIMITS).get("testGroups")) {
        for (Object test : (List<?>) ((Map<?, ?>) group).get("tests")) {
          vectors.add(new Vector((Map<?, ?>) group, (Map<?, ?>) test));
        }
      }
      return vectors;
    } catch (IOException | JsonException e) {
      throw new AssertionError(file, e);
    }
  }

  /** Why a token does not verify; empty if it does. */
  static String refusal(Vector vector) {
    Optional<CompactJws> jws = CompactJws.parse(vector.text("jws"));
    if (jws.isEmpty()) {
      return "text";
    }
    Map<String, Object> header;
    try {
      header = Json.readObject(jws.get().header(), HeaderRules.LIMITS);
    } catch (JsonException e) {
      return "header";
    }
    Optional<Decision.Denied> refused = HeaderRules.refuse(header, LENIENT);
    if (refused.isPresent()) {
      return refused.get().why().toString();
    }
    SignatureAlgorithm algorithm = HeaderRules.algorithmOf(header).orElseThrow();
    KeySet keys = Bench.set(vector.jwks().toArray(Map[]::new));
    return keys.find(HeaderRules.keyIdOf(header), algorithm) instanceof SigningKeys.Answer.Found to
        ? to.key().verifies(algorithm, jws.get()) ? "" : "signature"
        : "key";
  }

  private static String algorithm(Vector vector) {
    return vector.jwks().stream()
        .map(key -> (String) ((Map<?, ?>) key).get("alg"))
        .findFirst()
        .orElseThrow();
  }

  // Valid vectors that are refused: those with an HMAC, which this library has none of, those whose
  // key claims to be for ES521, which is no algorithm (RFC 7518 section 3.1 has ES512), those with
  // a
  // token for PS384 under a key for PS256, and those without a payload, which no access token
  // lacks.
  private static boolean isOurs(Vector vector) {
    return !Set.of("HS256", "HS384", "HS512", "ES521").contains(algorithm(vector))
        && !vector.text("comment").equals("emptyPayload")
        && !(algorithm(vector).equals("PS256") && vector.text("comment").equals("Figure20"));
  }

  /** The vectors with a token that come out wrong, by their number. */
  static Map<Long, String> wrongTokens(List<Vector> vectors) {
    Map<Long, String> wrong = new TreeMap<>();
    for (Vector vector : vectors) {
      String refusal = refusal(vector);
      if (refusal.isEmpty() != (vector.isValid() && isOurs(vector))) {
        wrong.put(vector.id(), vector.text("comment") + ": " + refusal);
      }
    }
    return wrong;
  }

  /** The vectors with a bare signature that come out wrong, by their number. */
  static Map<Long, String> wrongSignatures(List<Vector> vectors, SignatureAlgorithm algorithm) {
    Map<Long, String> wrong = new TreeMap<>();
    for (Vector vector : vectors) {
      VerificationKey key = JwkReader.key(vector.publicKey()).orElseThrow();
      ByteBuffer input = ByteBuffer.wrap(vector.bytes("msg"));
      boolean verifies = key.verifies(algorithm, input, vector.bytes("sig"));
      // EdDSA of the JDK does not verify an empty text, and a signing input has a dot at least.
      if (verifies != vector.isValid() && !(vector.isValid() && !input.hasRemaining())) {
        wrong.put(vector.id(), vector.text("comment"));
      }
    }
    return wrong;
  }
}
