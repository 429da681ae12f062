package dev.countersign.config;

import dev.countersign.http.FieldNames;
import dev.countersign.oauth.MetadataBuilder;
import dev.countersign.token.NonceKey;
import dev.countersign.token.SignatureAlgorithm;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How access tokens are bound to their clients. Values are checked when the configuration is built;
 * all problems are said together. Not thread-safe.
 */
public final class SenderConstraintBuilder {

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Problems problems;
  private final Set<SignatureAlgorithm> algorithms =
      new LinkedHashSet<>(
          List.of(
              SignatureAlgorithm.ES256,
              SignatureAlgorithm.EDDSA,
              SignatureAlgorithm.ED25519,
              SignatureAlgorithm.RS256,
              SignatureAlgorithm.PS256));
  private final List<AddressRange> proxies = new ArrayList<>();
  private Binding dpop = Binding.OFF;
  private Binding certificates = Binding.OFF;
  private Duration window = Duration.ofMinutes(5);
  private boolean nonce;
  private boolean replay = true;
  private Optional<NonceKey> key = Optional.empty();
  private String header = "";

  SenderConstraintBuilder(Problems problems) {
    this.problems = problems;
  }

  /**
   * Whether tokens may or must be bound to a key of the client (RFC 9449).
   *
   * @param binding off, unless set
   * @return this builder
   */
  public SenderConstraintBuilder dpop(Binding binding) {
    dpop = Objects.requireNonNull(binding, "binding");
    return this;
  }

  /**
   * The signature algorithms of proofs.
   *
   * @param names registered names, the preferred one first; never {@code none} or an HMAC
   * @return this builder
   */
  public SenderConstraintBuilder dpopAlgorithms(List<String> names) {
    algorithms.clear();
    if (names.isEmpty()) {
      problems.add("dpop-algorithms", "", "expected at least one algorithm");
    }
    for (String name : names) {
      problems.check("dpop-algorithms", name, () -> algorithms.add(SignatureAlgorithm.parse(name)));
    }
    return this;
  }

  /**
   * How far the time of a proof may be from now, in either direction.
   *
   * @param value 10 seconds to 15 minutes, inclusive
   * @return this builder
   */
  public SenderConstraintBuilder dpopWindow(Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      problems.add("dpop-window", value.toString(), "expected PT10S to PT15M");
    }
    window = value;
    return this;
  }

  /**
   * Whether every proof must carry a nonce of this server (RFC 9449 section 9).
   *
   * @param demanded false, unless set
   * @return this builder
   */
  public SenderConstraintBuilder dpopNonce(boolean demanded) {
    nonce = demanded;
    return this;
  }

  /**
   * The file with the key of which nonces are made, the same on all nodes.
   *
   * @param file holds nothing but the key, 32 to 4096 random bytes
   * @return this builder
   */
  public SenderConstraintBuilder dpopNonceKeyFile(Path file) {
    problems.check(
        "dpop-nonce-key-file", file.toString(), () -> key = Optional.of(NonceKey.read(file)));
    return this;
  }

  void dpopNonceKeyFile(String file) {
    try {
      dpopNonceKeyFile(Path.of(file));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected the path of a file", e);
    }
  }

  /**
   * Relaxation if false: whether a proof can be used once only.
   *
   * @param refused true, unless set
   * @return this builder
   */
  public SenderConstraintBuilder dpopReplay(boolean refused) {
    replay = refused;
    return this;
  }

  /**
   * Whether tokens may or must be bound to a client certificate (RFC 8705 section 3).
   *
   * @param binding off, unless set
   * @return this builder
   */
  public SenderConstraintBuilder certificateBoundTokens(Binding binding) {
    certificates = Objects.requireNonNull(binding, "binding");
    return this;
  }

  /**
   * The field in which a proxy that ends TLS hands on the client's certificate: as in RFC 9440, or
   * percent-encoded PEM. The proxy must drop what a client sends under that name.
   *
   * @param name the name of the field
   * @return this builder
   */
  public SenderConstraintBuilder clientCertificateHeader(String name) {
    if (!FieldNames.isName(name)) {
      problems.add("client-certificate-header", name, "expected the name of a field");
    }
    header = name;
    return this;
  }

  /**
   * A proxy that is believed.
   *
   * @param addresses its address or block of addresses, as the server sees it
   * @return this builder
   */
  public SenderConstraintBuilder trustedProxy(String addresses) {
    problems.check("trusted-proxies", addresses, () -> proxies.add(AddressRange.parse(addresses)));
    return this;
  }

  SenderConstraints build() {
    if (!header.isEmpty() && (proxies.isEmpty() || certificates == Binding.OFF)) {
      problems.about("client-certificate-header");
      problems.add(
          "client-certificate-header",
          header,
          "expected trusted-proxies and certificate-bound-tokens with it");
    }
    return new SenderConstraints(
        dpop, List.copyOf(algorithms), window, nonce, key, replay, certificates, header, proxies);
  }

  /** What the metadata document says of it (RFC 9728 section 2): no more than is enforced. */
  void announce(MetadataBuilder document) {
    if (dpop != Binding.OFF && !algorithms.isEmpty()) {
      document.dpopSigningAlgValuesSupported(
          algorithms.stream().map(SignatureAlgorithm::headerName).toList());
    }
    if (dpop == Binding.REQUIRED) {
      document.dpopBoundAccessTokensRequired();
    }
    if (certificates == Binding.REQUIRED) {
      document.tlsClientCertificateBoundAccessTokens();
    }
  }

  /** What keeps a member of a document from being true; empty if it is what is enforced. */
  Optional<String> contradiction(String member, Object value) {
    boolean holds =
        switch (member) {
          case "dpop_signing_alg_values_supported" ->
              dpop != Binding.OFF
                  && algorithms.stream().map(SignatureAlgorithm::headerName).toList().equals(value);
          case "dpop_bound_access_tokens_required" ->
              (dpop == Binding.REQUIRED) == value.equals(true);
          case "tls_client_certificate_bound_access_tokens" ->
              (certificates == Binding.REQUIRED) == value.equals(true);
          default -> true;
        };
    return holds ? Optional.empty() : Optional.of("must not be announced: it is not enforced");
  }

  boolean isReplayAllowed() {
    return dpop != Binding.OFF && !replay;
  }
}
