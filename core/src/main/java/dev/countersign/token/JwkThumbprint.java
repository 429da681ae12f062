package dev.countersign.token;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The SHA-256 thumbprint of a public key (RFC 7638). */
final class JwkThumbprint {

  // In lexical order: RFC 7638 section 3.2, RFC 8037 section 2.
  private static final Map<String, List<String>> MEMBERS =
      Map.of(
          "EC", List.of("crv", "kty", "x", "y"),
          "OKP", List.of("crv", "kty", "x"),
          "RSA", List.of("e", "kty", "n"));

  // Nothing that JSON would have to escape, so that a text has one spelling.
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

  private JwkThumbprint() {}

  /** The thumbprint; empty if a member is missing or is no plain text. */
  static Optional<String> of(Map<?, ?> jwk) {
    StringBuilder canonical = new StringBuilder("{");
    List<String> names = MEMBERS.getOrDefault(String.valueOf(jwk.get("kty")), List.of());
    for (String name : names) {
      if (!(jwk.get(name) instanceof String value) || !PLAIN.matcher(value).matches()) {
        return Optional.empty();
      }
      canonical.append(canonical.length() == 1 ? "\"" : ",\"");
      canonical.append(name).append("\":\"").append(value).append('"');
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(Sha256.base64Url(canonical.append('}').toString()));
  }
}
