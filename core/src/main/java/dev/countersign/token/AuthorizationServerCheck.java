package dev.countersign.token;

import dev.countersign.internal.Fetcher;
import dev.countersign.internal.HttpFetcher;
import dev.countersign.oauth.AuthorizationServerMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what is configured about an authorization server with what the server says about itself,
 * for a line in the log at start-up. Decides nothing.
 */
public final class AuthorizationServerCheck {

  /**
   * Something that does not fit. Immutable.
   *
   * @param issuer the issuer as configured
   * @param level how bad it is
   * @param text one line of printable ASCII for the operator
   */
  public record Finding(String issuer, Level level, String text) {}

  /** How bad a finding is. */
  public enum Level {
    /** Tokens of this issuer cannot be judged as configured. */
    PROBLEM,
    /** The server cannot be reached now; that may pass. */
    OUTAGE,
    /** Tokens can be judged, but clients may not get one. */
    ADVICE
  }

  private AuthorizationServerCheck() {}

  /**
   * Fetches the metadata of an issuer and compares. Blocks for up to two seconds for each of three
   * URLs.
   *
   * @param issuer the issuer
   * @param resource the resource for which its tokens are to be accepted
   * @return what does not fit; empty if everything does
   */
  public static List<Finding> check(TrustedIssuer issuer, ResourceIdentifier resource) {
    try (HttpFetcher fetcher = new HttpFetcher(IssuerKeys.limits(issuer))) {
      return check(issuer, resource, fetcher);
    }
  }

  static List<Finding> check(TrustedIssuer issuer, ResourceIdentifier resource, Fetcher fetcher) {
    Discovery.Outcome outcome = Discovery.discover(issuer.issuer(), fetcher);
    if (outcome instanceof Discovery.Outcome.Missing missing) {
      Level level = missing.outage() ? Level.OUTAGE : missingLevel(issuer);
      return List.of(new Finding(issuer.issuer(), level, "no metadata: " + missing.cause()));
    }
    AuthorizationServerMetadata metadata = ((Discovery.Outcome.Found) outcome).metadata();
    List<Finding> findings = new ArrayList<>();
    if (issuer.jwksUri().isEmpty() && KeyLocation.of(issuer, metadata).isEmpty()) {
      findings.add(new Finding(issuer.issuer(), Level.PROBLEM, KeyLocation.PROBLEM));
    }
    advice(metadata, resource).stream()
        .map(text -> new Finding(issuer.issuer(), Level.ADVICE, text))
        .forEach(findings::add);
    return List.copyOf(findings);
  }

  /**
   * Fetches the metadata of an issuer with opaque tokens and looks for what asking about them
   * needs. Blocks as the other check does.
   *
   * @param tokens whose tokens
   * @param resource the resource for which its tokens are to be accepted
   * @return what does not fit; empty if everything does
   */
  public static List<Finding> check(OpaqueTokens tokens, ResourceIdentifier resource) {
    try (HttpFetcher fetcher = new HttpFetcher(IssuerKeys.limits(tokens.issuer()))) {
      return check(tokens, resource, fetcher);
    }
  }

  static List<Finding> check(OpaqueTokens tokens, ResourceIdentifier resource, Fetcher fetcher) {
    String issuer = tokens.issuer().issuer();
    Discovery.Outcome outcome = Discovery.discover(issuer, fetcher);
    boolean needed =
        tokens.inquiry() instanceof OpaqueTokens.Inquiry.Introspection introspection
            && (introspection.endpoint().isEmpty() || introspection.signed());
    if (outcome instanceof Discovery.Outcome.Missing missing) {
      Level level = missing.outage() ? Level.OUTAGE : needed ? Level.PROBLEM : Level.ADVICE;
      return List.of(new Finding(issuer, level, "no metadata: " + missing.cause()));
    }
    AuthorizationServerMetadata metadata = ((Discovery.Outcome.Found) outcome).metadata();
    List<Finding> findings = new ArrayList<>();
    problem(tokens, metadata)
        .ifPresent(problem -> findings.add(new Finding(issuer, Level.PROBLEM, problem)));
    advice(metadata, resource).stream()
        .map(text -> new Finding(issuer, Level.ADVICE, text))
        .forEach(findings::add);
    return List.copyOf(findings);
  }

  private static Optional<String> problem(
      OpaqueTokens tokens, AuthorizationServerMetadata metadata) {
    if (!(tokens.inquiry() instanceof OpaqueTokens.Inquiry.Introspection introspection)) {
      return Optional.empty();
    }
    if (introspection.endpoint().isEmpty()
        && IntrospectionEndpoint.of(tokens.issuer(), metadata, introspection.client().method())
            .isEmpty()) {
      return Optional.of(IntrospectionEndpoint.PROBLEM);
    }
    boolean keys =
        tokens.issuer().jwksUri().isPresent()
            || KeyLocation.of(tokens.issuer(), metadata).isPresent();
    return introspection.signed() && !keys ? Optional.of(KeyLocation.PROBLEM) : Optional.empty();
  }

  // With a key set of its own configured, an issuer needs no metadata here; its clients do.
  private static Level missingLevel(TrustedIssuer issuer) {
    return issuer.jwksUri().isPresent() ? Level.ADVICE : Level.PROBLEM;
  }

  private static List<String> advice(
      AuthorizationServerMetadata metadata, ResourceIdentifier resource) {
    List<String> advice = new ArrayList<>();
    if (!metadata.codeChallengeMethodsSupported().contains("S256")) {
      advice.add(
          "code_challenge_methods_supported does not list S256: MCP clients must refuse this"
              + " server");
    }
    if (metadata.registrationEndpoint().isEmpty()
        && !metadata.clientIdMetadataDocumentSupported()) {
      advice.add(
          "neither registration_endpoint nor client_id_metadata_document_supported: every client"
              + " needs a registration by hand");
    }
    List<String> resources = metadata.protectedResources();
    if (!resources.isEmpty() && !resources.contains(resource.toString())) {
      advice.add("protected_resources does not list " + resource + " (RFC 9728 section 4)");
    }
    return advice;
  }
}
