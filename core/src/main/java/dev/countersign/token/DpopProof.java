package dev.countersign.token;

import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DPoP proof as it was read (RFC 9449 section 4.2): nothing of it has been verified but that it
 * is one compact JWS of two objects. Immutable.
 *
 * @param jws the text
 * @param header the header
 * @param claims the claims
 */
record DpopProof(CompactJws jws, Map<String, Object> header, Claims claims) {

  /** The most characters of a proof. An RSA key of 8192 bits and a long path fit well. */
  static final int MAX_LENGTH = 8192;

  private static final Json.Limits LIMITS = new Json.Limits(MAX_LENGTH, 8, 256, 32);

  /** The proof in the field lines; empty unless there is one line with one well-formed proof. */
  static Optional<DpopProof> read(List<String> fieldLines) {
    if (fieldLines.size() != 1 || fieldLines.get(0).length() > MAX_LENGTH) {
      return Optional.empty();
    }
    // OWS = *( SP / HTAB ); a comma of a second proof is a foreign character of the first.
    return CompactJws.parse(fieldLines.get(0).strip()).flatMap(DpopProof::parts);
  }

  private static Optional<DpopProof> parts(CompactJws jws) {
    try {
      Map<String, Object> header = Json.readObject(jws.header(), LIMITS);
      Claims claims = new Claims(Json.readObject(jws.payload(), LIMITS));
      return Optional.of(new DpopProof(jws, header, claims));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  Map<?, ?> jwk() {
    return header.get("jwk") instanceof Map<?, ?> jwk ? jwk : Map.of();
  }

  /** The thumbprint of the key; empty if it has none. */
  Optional<String> thumbprint() {
    return JwkThumbprint.of(jwk());
  }

  String text(String claim) {
    return claims.text(claim).orElse("");
  }

  /** Prints nothing of the proof. */
  @Override
  public String toString() {
    return "DpopProof[redacted]";
  }
}
