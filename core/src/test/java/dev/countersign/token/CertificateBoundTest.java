package dev.countersign.token;

import static dev.countersign.token.DpopBench.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.config.Binding;
import dev.countersign.config.ConfigBuilder;
import dev.countersign.token.DpopBench.Call;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to a client certificate (RFC 8705 section 3). */
class CertificateBoundTest {

  static final String ONE =
      "MIIBcjCCARmgAwIBAgIUKECvoXica1GlQ6dc/cm9JqCugA4wCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDb25lMCAX"
          + "DTI2MTEyNTE5NDYzOFoYDzIxMjYxMTAxMTk0NjM4WjAOMQwwCgYDVQQDDANvbmUwWTATBgcqhkjOPQIBBggqhkjO"
          + "PQMBBwNCAAQm3rusEGpfWHA1dUVpDzUT9V3MIYlCBAICELZGLF3T7G7s8EGPuN933i0pnWmFjEnoMSRgXV97Bd4q"
          + "ToxsGjW0o1MwUTAdBgNVHQ4EFgQUE1LsWwA1TsfIRYf9+vzP39YyY2gwHwYDVR0jBBgwFoAUE1LsWwA1TsfIRYf9"
          + "+vzP39YyY2gwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAH5KwMer7RMbWNXWGl/PyGBHkHOA9L"
          + "9n40capmnp09kQIgami36ZBBH/CbwcjUf1MyqwDYYnQMXPSDULer4fLsDHc=";
  static final String TWO =
      "MIIBcjCCARmgAwIBAgIUZgcXAXX2N/xRDkdx3Woss03a5GIwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDdHdvMCAX"
          + "DTI2MTEyNTE5NDYzOVoYDzIxMjYxMTAxMTk0NjM5WjAOMQwwCgYDVQQDDAN0d28wWTATBgcqhkjOPQIBBggqhkjO"
          + "PQMBBwNCAAQAtiAxtI1TZWLlOP9Iiv4NHuZE6qdTvj1GgF/h8WqcE4I6YGdoB6UknvdfFQWRnhtp02T/NSWvqwAt"
          + "41pBcmuSo1MwUTAdBgNVHQ4EFgQUmhhKeRMSomSKbtbBcO89IuSLE4YwHwYDVR0jBBgwFoAUmhhKeRMSomSKbtbB"
          + "cO89IuSLE4YwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiB4yuW0ahurP2BZf5+pouDjfIVO7enm"
          + "m+paBRGnCQ60MQIgDtMlyq1+AP7GFWv3qzAKWjH2oJsHl2eTsSu+ELPsrd0=";

  // Computed with another tool over the encodings above.
  static final String THUMBPRINT_OF_ONE = "kgFmVab35GY6XJMXFNBFvbI_93cY-4R2qNkGYlg8rHM";

  private static final String BOUND = DpopBench.token(Map.of("x5t#S256", THUMBPRINT_OF_ONE));
  private static final String BOTH =
      DpopBench.token(Map.of("x5t#S256", THUMBPRINT_OF_ONE, "jkt", DpopBench.thumbprint(CLIENT)));

  private static Optional<X509Certificate> certificate(String der) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] bytes = Base64.getDecoder().decode(der);
      return Optional.of(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static Call with(String der, String token) {
    return new Call().bearer(token).with(call -> call.certificate = certificate(der));
  }

  private static Consumer<ConfigBuilder> binding(Binding binding) {
    return builder -> builder.senderConstraint().certificateBoundTokens(binding);
  }

  private final DpopBench bench = DpopBench.of(binding(Binding.OPTIONAL));

  @Test
  void X01_X03_admitsTheTokenOfThisCertificate() {
    bench.admitted(with(ONE, BOUND));
    bench.admitted(with(ONE, DpopBench.unbound()));
    bench.admitted(new Call().bearer(DpopBench.unbound()));
  }

  @Test
  void X02_CL39_J43_refusesAnotherCertificateOrNone() {
    bench.refused(with(TWO, BOUND), "invalid_token");
    bench.refused(new Call().bearer(BOUND), "invalid_token");
    DpopBench.of(builder -> {}).refused(with(ONE, BOUND), "invalid_token");
    for (String spelling :
        List.of(
            THUMBPRINT_OF_ONE + "=",
            THUMBPRINT_OF_ONE.replace('_', '/').replace('-', '+'),
            THUMBPRINT_OF_ONE.substring(1))) {
      bench.refused(with(ONE, DpopBench.token(Map.of("x5t#S256", spelling))), "invalid_token");
    }
  }

  @Test
  void X06_refusesUnboundTokensWhereAllMustBeBound() {
    DpopBench strict = DpopBench.of(binding(Binding.REQUIRED));
    strict.admitted(with(ONE, BOUND));
    strict.refused(with(ONE, DpopBench.unbound()), "invalid_token");
    assertEquals(
        true,
        strict
            .engine
            .config()
            .resources()
            .get(0)
            .metadata()
            .members()
            .get("tls_client_certificate_bound_access_tokens"));
  }

  @Test
  void X08_CL41_aTokenWithTwoBindingsNeedsBothProofs() {
    DpopBench both =
        DpopBench.of(
            builder ->
                builder
                    .senderConstraint()
                    .dpop(Binding.OPTIONAL)
                    .certificateBoundTokens(Binding.OPTIONAL));
    both.admitted(
        new Call()
            .dpop(BOTH, both.proof(CLIENT, BOTH))
            .with(call -> call.certificate = certificate(ONE)));
    both.refused(new Call().dpop(BOTH, both.proof(CLIENT, BOTH)), "invalid_token");
    both.refused(
        new Call()
            .dpop(BOTH, both.proof(CLIENT, BOTH))
            .with(call -> call.certificate = certificate(TWO)),
        "invalid_token");
    both.refusedProof(
        new Call()
            .field("Authorization", "DPoP " + BOTH)
            .with(call -> call.certificate = certificate(ONE)));
    both.refused(with(ONE, BOTH), "invalid_token");
    both.refused(new Call().bearer(BOTH), "invalid_token");
  }

  private static DpopBench behindProxy() {
    return DpopBench.of(
        builder ->
            builder
                .senderConstraint()
                .certificateBoundTokens(Binding.OPTIONAL)
                .clientCertificateHeader("Client-Cert")
                .trustedProxy("10.0.0.0/8"));
  }

  private static Call from(String peer, String... certificates) {
    Call call = new Call().bearer(BOUND).with(one -> one.peer = Optional.of(address(peer)));
    for (String certificate : certificates) {
      call.field("Client-Cert", certificate);
    }
    return call;
  }

  private static String pem(String der) {
    return "-----BEGIN CERTIFICATE-----\n" + der + "\n-----END CERTIFICATE-----\n";
  }

  private static String encoded(String pem) {
    return URLEncoder.encode(pem, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void X05_takesTheFieldOfATrustedProxyInBothForms() {
    DpopBench proxied = behindProxy();
    proxied.admitted(from("10.1.2.3", ":" + ONE + ":"));
    proxied.admitted(from("10.1.2.3", encoded(pem(ONE))));
    proxied.refused(from("10.1.2.3", ":" + TWO + ":"), "invalid_token");
    proxied.refused(from("10.1.2.3", encoded(pem(TWO))), "invalid_token");
  }

  @Test
  void X05_ignoresTheFieldOfAnybodyElse() {
    DpopBench proxied = behindProxy();
    proxied.refused(from("192.0.2.1", ":" + ONE + ":"), "invalid_token");
    proxied.refused(
        new Call().bearer(BOUND).field("Client-Cert", ":" + ONE + ":"), "invalid_token");
    bench.refused(from("10.1.2.3", ":" + ONE + ":"), "invalid_token");
    proxied.admitted(
        from("192.0.2.1", ":" + TWO + ":").with(call -> call.certificate = certificate(ONE)));
  }

  @Test
  void X05_theProxysOwnCertificateIsNotTheClients() {
    behindProxy()
        .refused(
            from("10.1.2.3").with(call -> call.certificate = certificate(ONE)), "invalid_token");
  }

  @Test
  void X05_refusesAFieldThatIsNotOneCertificate() {
    DpopBench proxied = behindProxy();
    proxied.refused(from("10.1.2.3", ":" + ONE + ":", ":" + ONE + ":"), "invalid_token");
    for (String field :
        List.of(
            "",
            ONE,
            ":" + ONE,
            ":" + ONE + ":, :" + ONE + ":",
            ":" + ONE.substring(4) + ":",
            ":AAAA:",
            "::",
            "%",
            "%zz",
            encoded(pem(ONE) + pem(TWO)),
            encoded(pem("!!!!")),
            ":" + "A".repeat(20_000) + ":")) {
      assertTrue(proxied.status(from("10.1.2.3", field)) == 401, field);
    }
  }
}
