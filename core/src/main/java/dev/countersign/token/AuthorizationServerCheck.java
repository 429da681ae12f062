package dev.countersign.token;

import dev.countersign.internal.Fetcher;
import dev.countersign.internal.HttpFetcher;
import dev.countersign.oauth.AuthorizationServerMetadata;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.spi.Finding;
import dev.countersign.spi.Finding.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what is configured about an authorization server with what the server says about itself.
 * Decides nothing. A server that cannot be reached is an error here, although that may pass: until
 * then no token of it is accepted.
 */
public final class AuthorizationServerCheck {

  private AuthorizationServerCheck() {}

  /**
   * Fetches the metadata and the keys of an issuer and compares. Blocks for up to two seconds for
   * each of at most eight URLs.
   *
   * @param issuer the issuer
   * @param resources the documents of the resources for which its tokens are to be accepted
   * @return what does not fit; empty if everything does
   */
  public static List<Finding> check(
      TrustedIssuer issuer, List<ProtectedResourceMetadata> resources) {
    try (HttpFetcher fetcher = new HttpFetcher(IssuerKeys.limits(issuer))) {
      return check(issuer, resources, fetcher);
    }
  }

  static List<Finding> check(
      TrustedIssuer issuer, List<ProtectedResourceMetadata> resources, Fetcher fetcher) {
    String name = issuer.issuer();
    List<Finding> findings = new ArrayList<>();
    Discovery.Outcome outcome = Discovery.discover(name, fetcher);
    if (outcome instanceof Discovery.Outcome.Missing missing) {
      // With a key set of its own configured, an issuer needs no metadata here; its clients do.
      findings.add(missing(name, missing, issuer.jwksUri().isEmpty()));
      if (missing.outage() || issuer.jwksUri().isEmpty()) {
        return findings;
      }
    }
    keys(issuer, fetcher).ifPresent(findings::add);
    if (outcome instanceof Discovery.Outcome.Found found) {
      findings.addAll(advice(name, found.metadata(), resources));
    }
    return List.copyOf(findings);
  }

  /**
   * Fetches the metadata of an issuer with opaque tokens and looks for what asking about them
   * needs. Blocks as the other check does.
   *
   * @param tokens whose tokens
   * @param resources the documents of the resources for which its tokens are to be accepted
   * @return what does not fit; empty if everything does
   */
  public static List<Finding> check(
      OpaqueTokens tokens, List<ProtectedResourceMetadata> resources) {
    try (HttpFetcher fetcher = new HttpFetcher(IssuerKeys.limits(tokens.issuer()))) {
      return check(tokens, resources, fetcher);
    }
  }

  static List<Finding> check(
      OpaqueTokens tokens, List<ProtectedResourceMetadata> resources, Fetcher fetcher) {
    String name = tokens.issuer().issuer();
    Discovery.Outcome outcome = Discovery.discover(name, fetcher);
    boolean needed =
        tokens.inquiry() instanceof OpaqueTokens.Inquiry.Introspection introspection
            && (introspection.endpoint().isEmpty() || introspection.signed());
    if (outcome instanceof Discovery.Outcome.Missing missing) {
      return List.of(missing(name, missing, needed));
    }
    AuthorizationServerMetadata metadata = ((Discovery.Outcome.Found) outcome).metadata();
    List<Finding> findings = new ArrayList<>();
    problem(tokens, metadata).ifPresent(findings::add);
    findings.addAll(advice(name, metadata, resources));
    return List.copyOf(findings);
  }

  private static Finding missing(
      String issuer, Discovery.Outcome.Missing missing, boolean isNeeded) {
    Level level = missing.outage() || isNeeded ? Level.ERROR : Level.WARNING;
    return of("D46", level, issuer, "no metadata: " + missing.cause());
  }

  private static Optional<Finding> keys(TrustedIssuer issuer, Fetcher fetcher) {
    return new IssuerKeySource(issuer, fetcher, System::nanoTime).load()
            instanceof KeySource.Outcome.NotLoaded none
        ? Optional.of(of("D51", Level.ERROR, issuer.issuer(), none.cause()))
        : Optional.empty();
  }

  private static Optional<Finding> problem(
      OpaqueTokens tokens, AuthorizationServerMetadata metadata) {
    if (!(tokens.inquiry() instanceof OpaqueTokens.Inquiry.Introspection introspection)) {
      return Optional.empty();
    }
    String name = tokens.issuer().issuer();
    if (introspection.endpoint().isEmpty()
        && IntrospectionEndpoint.of(tokens.issuer(), metadata, introspection.client().method())
            .isEmpty()) {
      return Optional.of(of("D62", Level.ERROR, name, IntrospectionEndpoint.PROBLEM));
    }
    boolean keys =
        tokens.issuer().jwksUri().isPresent()
            || KeyLocation.of(tokens.issuer(), metadata).isPresent();
    return introspection.signed() && !keys
        ? Optional.of(of("D51", Level.ERROR, name, KeyLocation.PROBLEM))
        : Optional.empty();
  }

  private static List<Finding> advice(
      String issuer,
      AuthorizationServerMetadata metadata,
      List<ProtectedResourceMetadata> resources) {
    List<Finding> advice = new ArrayList<>();
    if (!metadata.codeChallengeMethodsSupported().contains("S256")) {
      advice.add(
          warning(
              "D48",
              issuer,
              "code_challenge_methods_supported does not list S256: MCP clients must refuse this"
                  + " server"));
    }
    if (metadata.registrationEndpoint().isEmpty()
        && !metadata.clientIdMetadataDocumentSupported()) {
      advice.add(
          of(
              "D49",
              Level.INFO,
              issuer,
              "neither registration_endpoint nor client_id_metadata_document_supported: every"
                  + " client needs a registration by hand"));
    }
    for (ProtectedResourceMetadata resource : resources) {
      advice.addAll(aboutResource(issuer, metadata, resource));
    }
    return advice;
  }

  private static List<Finding> aboutResource(
      String issuer, AuthorizationServerMetadata metadata, ProtectedResourceMetadata resource) {
    List<Finding> advice = new ArrayList<>();
    List<String> known = metadata.protectedResources();
    if (!known.isEmpty() && !known.contains(resource.resource())) {
      advice.add(
          warning(
              "D38",
              issuer,
              "protected_resources does not list "
                  + resource.resource()
                  + " (RFC 9728 section 4)"));
    }
    Set<String> unknown = new LinkedHashSet<>(resource.scopesSupported());
    metadata.scopesSupported().forEach(unknown::remove);
    if (!metadata.scopesSupported().isEmpty() && !unknown.isEmpty()) {
      advice.add(
          warning(
              "D61",
              issuer,
              "scopes_supported does not list "
                  + String.join(", ", unknown)
                  + " of "
                  + resource.resource()
                  + ": it may answer invalid_scope"));
    }
    return advice;
  }

  private static Finding warning(String id, String issuer, String text) {
    return of(id, Level.WARNING, issuer, text);
  }

  private static Finding of(String id, Level level, String issuer, String text) {
    return new Finding(id, level, "authorization server " + issuer + ": " + text);
  }
}
