package dev.countersign.token;

import com.nimbusds.jose.jwk.Curve;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What kind of public key it is: type and curve (RFC 7518 section 6, RFC 8037 section 2). */
enum KeyShape {
  RSA("RSA", ""),
  P256("EC", "P-256"),
  P384("EC", "P-384"),
  P521("EC", "P-521"),
  ED25519("OKP", "Ed25519");

  private final String type;
  private final String curve;

  KeyShape(String type, String curve) {
    this.type = type;
    this.curve = curve;
  }

  /**
   * The shape with this {@code kty} and {@code crv}; the latter counts for nothing in an RSA key.
   */
  static Optional<KeyShape> of(@Nullable Object type, @Nullable Object curve) {
    return Arrays.stream(values())
        .filter(shape -> shape.type.equals(type) && (shape == RSA || shape.curve.equals(curve)))
        .findFirst();
  }

  boolean isElliptic() {
    return type.equals("EC");
  }

  Curve curve() {
    return Curve.parse(curve);
  }
}
