package dev.countersign.oauth;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.util.Base64;
import java.util.Map;

/** The rules of RFC 9728 section 2.2 for {@code signed_metadata}, as far as they need no key. */
final class SignedMetadata {

  private SignedMetadata() {}

  static void check(String jws, Map<String, Object> document) {
    String[] parts = jws.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      throw new IllegalArgumentException("expected a signed compact JWS (RFC 9728 section 2.2)");
    }
    Map<String, Object> header = object(parts[0]);
    Map<String, Object> claims = object(parts[1]);
    if (!(header.get("alg") instanceof String alg) || alg.equalsIgnoreCase("none")) {
      throw new IllegalArgumentException(
          "the algorithm none is not allowed (RFC 8725 section 3.1)");
    }
    if (!(claims.get("iss") instanceof String)) {
      throw new IllegalArgumentException("the claim iss is missing (RFC 9728 section 2.2)");
    }
    if (claims.containsKey("signed_metadata")) {
      throw new IllegalArgumentException("signed_metadata must not be inside itself");
    }
    // The signed value takes precedence at the client, so a difference would be two truths.
    document.forEach(
        (name, value) -> {
          if (!value.equals(claims.get(name))) {
            throw new IllegalArgumentException("the signed value of " + name + " differs");
          }
        });
  }

  private static Map<String, Object> object(String part) {
    try {
      return Json.readObject(Base64.getUrlDecoder().decode(part), Json.Limits.DOCUMENT);
    } catch (IllegalArgumentException | JsonException e) {
      throw new IllegalArgumentException("expected a JSON object in each part of the JWS");
    }
  }
}
