package dev.countersign.config;

import dev.countersign.config.SettingTest.Row;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.token.SignatureAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The settings of sender constraint and strength. */
final class SenderSettingRows {

  private static final String BINDING = "expected off, optional or required";
  private static final String BOOLEAN = "expected true or false";
  private static final String AGE = "expected PT0S to P365D";

  private SenderSettingRows() {}

  static Stream<Row> rows() {
    return Stream.of(dpop(), dpopDetails(), certificates(), strength()).flatMap(rows -> rows);
  }

  private static Row row(
      Setting setting,
      Function<SenderConstraints, Object> seen,
      Object initial,
      String good,
      Object value,
      String bad,
      String expectation) {
    return new Row(
        setting,
        setting.key(),
        config -> seen.apply(config.senderConstraints()),
        initial,
        good,
        value,
        bad,
        expectation);
  }

  private static Stream<Row> dpop() {
    return Stream.of(
        row(
            Setting.DPOP,
            SenderConstraints::dpop,
            Binding.OFF,
            "required",
            Binding.REQUIRED,
            "on",
            BINDING),
        row(
            Setting.DPOP_ALGORITHMS,
            SenderConstraints::dpopAlgorithms,
            List.of(
                SignatureAlgorithm.ES256,
                SignatureAlgorithm.EDDSA,
                SignatureAlgorithm.ED25519,
                SignatureAlgorithm.RS256,
                SignatureAlgorithm.PS256),
            "PS512, ES384",
            List.of(SignatureAlgorithm.PS512, SignatureAlgorithm.ES384),
            "HS256",
            "expected one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA,"
                + " Ed25519 (case-sensitive; none and HMAC are never accepted)"));
  }

  private static Stream<Row> dpopDetails() {
    return Stream.of(
        row(
            Setting.DPOP_WINDOW,
            SenderConstraints::dpopWindow,
            Duration.ofMinutes(5),
            "PT15M",
            Duration.ofMinutes(15),
            "PT15M1S",
            "expected PT10S to PT15M"),
        row(
            Setting.DPOP_NONCE_KEY_FILE,
            constraints -> constraints.dpopNonceKey().map(Object::toString),
            Optional.empty(),
            keyFile(),
            Optional.of("NonceKey[redacted]"),
            "/no/such/file",
            "expected a file that can be read"),
        row(Setting.DPOP_NONCE, SenderConstraints::dpopNonce, false, "true", true, "1", BOOLEAN),
        row(
            Setting.DPOP_REPLAY,
            SenderConstraints::dpopReplay,
            true,
            "false",
            false,
            "0",
            BOOLEAN));
  }

  private static Stream<Row> certificates() {
    return Stream.of(
        row(
            Setting.CERTIFICATE_BOUND_TOKENS,
            SenderConstraints::certificates,
            Binding.OFF,
            "optional",
            Binding.OPTIONAL,
            "true",
            BINDING),
        row(
            Setting.TRUSTED_PROXIES,
            constraints -> constraints.trustedProxies().stream().map(Object::toString).toList(),
            List.of(),
            "10.0.0.0/8, 192.0.2.7",
            List.of("10.0.0.0/8", "192.0.2.7/32"),
            "proxy.example",
            "expected an address or a block such as 10.0.0.0/8 or 2001:db8::/32, no name"));
  }

  private static Row login(
      Setting setting,
      String key,
      Function<ProtectedResource, Object> seen,
      Object initial,
      String good,
      Object value,
      String bad,
      String expectation) {
    return new Row(
        setting,
        key,
        config -> seen.apply(config.resources().get(0)),
        initial,
        good,
        value,
        bad,
        expectation);
  }

  private static Stream<Row> strength() {
    AuthenticationStrength two = new AuthenticationStrength(List.of("a", "b"), Optional.empty());
    AuthenticationStrength hour =
        new AuthenticationStrength(List.of(), Optional.of(Duration.ofHours(1)));
    return Stream.of(
        login(
            Setting.ACR_VALUES,
            "acr-values",
            ProtectedResource::strength,
            AuthenticationStrength.ANY,
            "a b",
            two,
            "a,b",
            "acr_values has , at 1, which some clients misread"),
        login(
            Setting.MAX_AGE,
            "max-age",
            ProtectedResource::strength,
            AuthenticationStrength.ANY,
            "PT1H",
            hour,
            "PT-1S",
            AGE));
  }

  private static String keyFile() {
    try {
      Path file = Files.createTempFile("nonce", ".key");
      file.toFile().deleteOnExit();
      return Files.write(file, new byte[32]).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
