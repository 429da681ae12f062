package dev.countersign.token;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A signature algorithm for tokens (RFC 7518 section 3, RFC 8037, RFC 9864). There is no constant
 * for {@code none} and none for HMAC, so that neither can be configured.
 */
public enum SignatureAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256", KeyShape.RSA, "SHA256withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384("RS384", KeyShape.RSA, "SHA384withRSA"),
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512("RS512", KeyShape.RSA, "SHA512withRSA"),
  /** RSASSA-PSS with SHA-256. */
  PS256("PS256", KeyShape.RSA, "SHA-256", MGF1ParameterSpec.SHA256, 32),
  /** RSASSA-PSS with SHA-384. */
  PS384("PS384", KeyShape.RSA, "SHA-384", MGF1ParameterSpec.SHA384, 48),
  /** RSASSA-PSS with SHA-512. */
  PS512("PS512", KeyShape.RSA, "SHA-512", MGF1ParameterSpec.SHA512, 64),
  /** ECDSA with P-256 and SHA-256. */
  ES256("ES256", KeyShape.P256, "SHA256withECDSAinP1363Format"),
  /** ECDSA with P-384 and SHA-384. */
  ES384("ES384", KeyShape.P384, "SHA384withECDSAinP1363Format"),
  /** ECDSA with P-521 and SHA-512. */
  ES512("ES512", KeyShape.P521, "SHA512withECDSAinP1363Format"),
  /** EdDSA under its name of RFC 8037; of its curves only Ed25519. */
  EDDSA("EdDSA", KeyShape.ED25519, "Ed25519"),
  /** EdDSA with Ed25519 under its name of RFC 9864. */
  ED25519("Ed25519", KeyShape.ED25519, "Ed25519");

  private final String headerName;
  private final KeyShape shape;
  private final String engine;
  private final Optional<PSSParameterSpec> parameters;

  SignatureAlgorithm(String headerName, KeyShape shape, String engine) {
    this.headerName = headerName;
    this.shape = shape;
    this.engine = engine;
    this.parameters = Optional.empty();
  }

  // The salt is as long as the hash: RFC 7518 section 3.5.
  SignatureAlgorithm(
      String headerName, KeyShape shape, String hash, MGF1ParameterSpec mask, int saltLength) {
    this.headerName = headerName;
    this.shape = shape;
    this.engine = "RSASSA-PSS";
    this.parameters = Optional.of(new PSSParameterSpec(hash, "MGF1", mask, saltLength, 1));
  }

  /**
   * The name as it stands in the {@code alg} of a header or a key.
   *
   * @return the registered name, case-sensitive
   */
  public String headerName() {
    return headerName;
  }

  /**
   * The algorithm of a name.
   *
   * @param headerName the registered name, case-sensitive
   * @return the algorithm
   * @throws IllegalArgumentException if there is none of this name; the message lists all
   */
  public static SignatureAlgorithm parse(String headerName) {
    return named(headerName)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of "
                        + Arrays.stream(values())
                            .map(SignatureAlgorithm::headerName)
                            .collect(Collectors.joining(", "))
                        + " (case-sensitive; none and HMAC are never accepted)"));
  }

  static Optional<SignatureAlgorithm> named(String headerName) {
    for (SignatureAlgorithm algorithm : values()) {
      if (algorithm.headerName.equals(headerName)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  KeyShape shape() {
    return shape;
  }

  // The two names of Ed25519 mean one algorithm, so that one key may be used under both.
  boolean isSameAs(SignatureAlgorithm other) {
    return this == other || (shape == KeyShape.ED25519 && other.shape == KeyShape.ED25519);
  }

  Signature newSignature() throws GeneralSecurityException {
    Signature signature = Signature.getInstance(engine);
    if (parameters.isPresent()) {
      signature.setParameter(parameters.get());
    }
    return signature;
  }
}
