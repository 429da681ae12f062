package dev.countersign.config;

import dev.countersign.http.BearerChallenge;
import dev.countersign.http.BearerChallengeBuilder;
import dev.countersign.oauth.BearerError;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.token.TrustedIssuer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What no single setting can be asked: whether they fit each other. */
final class CrossChecks {

  // The kit judges bearer tokens only, so that each of these would be a promise that nobody keeps.
  private static final List<String> NOT_ENFORCED =
      List.of(
          "tls_client_certificate_bound_access_tokens",
          "dpop_signing_alg_values_supported",
          "dpop_bound_access_tokens_required");

  private final ConfigBuilder builder;
  private final List<ProtectedResource> resources;
  private final Problems problems;

  private CrossChecks(ConfigBuilder builder, List<ProtectedResource> resources, Problems problems) {
    this.builder = builder;
    this.resources = resources;
    this.problems = problems;
  }

  static void of(
      ConfigBuilder builder,
      List<ProtectedResource> resources,
      List<TrustedIssuer> issuers,
      Problems problems) {
    CrossChecks checks = new CrossChecks(builder, resources, problems);
    checks.identifiers();
    checks.publicPaths();
    for (ProtectedResource resource : resources) {
      checks.metadata(resource);
      checks.challenge(resource);
    }
    checks.issuers(issuers);
  }

  private void identifiers() {
    Set<String> paths = new HashSet<>();
    String origin = resources.isEmpty() ? "" : resources.get(0).identifier().origin();
    for (ProtectedResource resource : resources) {
      // A slash at the end and the query do not select a resource: both spellings reach one server.
      if (!paths.add(trimmed(resource.identifier().path()))) {
        refuse(resource, "another resource has the same path");
      }
      if (!resource.identifier().origin().equals(origin)) {
        refuse(resource, "expected the origin of the first resource, " + origin);
      }
      if (resources.size() > 1
          && RawPath.isAmbiguous(trimmed(resource.identifier().path()) + "/")) {
        refuse(resource, "expected a plain path: it selects the resource of a request");
      }
    }
  }

  private void refuse(ProtectedResource resource, String expectation) {
    String key = key(resource, "resource");
    problems.about(key);
    problems.add(key, resource.identifier().toString(), expectation);
  }

  private void publicPaths() {
    problems.about("public-paths");
    for (String path : builder.publicPaths) {
      if (resources.stream().anyMatch(resource -> isReachedBy(path, resource))) {
        problems.add(
            "public-paths", path, "a resource must not be public, nor a path that ends like one");
      }
    }
  }

  // Some servers route by the end of the path, so that /x/mcp is /mcp for them.
  private static boolean isReachedBy(String path, ProtectedResource resource) {
    String own = trimmed(resource.identifier().path());
    return (path.endsWith("/") && (own + "/").startsWith(path))
        || (!own.isEmpty() && trimmed(path).endsWith(own));
  }

  private void metadata(ProtectedResource resource) {
    problems.in("");
    for (String member : NOT_ENFORCED) {
      if (resource.metadata().members().containsKey(member)) {
        problems.add(
            key(resource, "metadata"), member, "must not be announced: it is not enforced");
      }
    }
  }

  // Every challenge that can be sent is part of one of these, so that none fails when it is needed.
  private void challenge(ProtectedResource resource) {
    String key = key(resource, "resource");
    String url = resource.identifier().metadataUrl();
    problems.about(key);
    boolean usable =
        problems.check(key, resource.identifier().toString(), () -> resourceMetadata(url));
    problems.about("error-uri");
    usable &=
        problems.check(
            "error-uri", builder.errorUri, () -> withErrorUri(BearerChallenge.builder()));
    if (usable) {
      String scopes = key(resource, "required-scopes");
      problems.about(scopes);
      problems.check(scopes, everyScope(resource).toString(), () -> worst(resource));
    }
  }

  private BearerChallengeBuilder resourceMetadata(String url) {
    BearerChallengeBuilder challenge = BearerChallenge.builder();
    return builder.allowHttpOnLoopback
        ? challenge.resourceMetadataAllowingHttpOnLoopback(url)
        : challenge.resourceMetadata(url);
  }

  private BearerChallengeBuilder withErrorUri(BearerChallengeBuilder challenge) {
    return builder.errorUri.isEmpty() ? challenge : challenge.errorUri(builder.errorUri);
  }

  private void worst(ProtectedResource resource) {
    int length = everyScope(resource).toString().length();
    if (length > BearerChallengeBuilder.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "with announced-scopes and scopes.tool.* together: the scopes have "
              + length
              + " characters, a challenge at most "
              + BearerChallengeBuilder.MAX_LENGTH);
    }
    for (Denial why : Arrays.stream(Denial.values()).filter(d -> d.error().isPresent()).toList()) {
      try {
        withErrorUri(resourceMetadata(resource.identifier().metadataUrl()))
            .realm(builder.realm)
            .error(why.error().map(BearerError::code).orElse(""))
            .scope(everyScope(resource).tokens())
            .errorDescription(why.text())
            .build();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "with announced-scopes and scopes.tool.* together: " + e.getMessage(), e);
      }
    }
  }

  private static Scope everyScope(ProtectedResource resource) {
    Scope all = resource.required().and(resource.announced());
    for (Scope scope : resource.toolScopes().byTool().values()) {
      all = all.and(scope);
    }
    return all;
  }

  private void issuers(List<TrustedIssuer> issuers) {
    Set<String> seen = new HashSet<>();
    problems.in("");
    for (TrustedIssuer issuer : issuers) {
      if (!seen.add(issuer.issuer())) {
        problems.add(
            "authorization-servers",
            issuer.issuer(),
            "two groups of settings name the same issuer");
      }
    }
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String key(ProtectedResource resource, String setting) {
    return resource.name().isEmpty() ? setting : "resources." + resource.name() + "." + setting;
  }
}
