package dev.countersign.config;

import dev.countersign.http.BearerChallenge;
import dev.countersign.http.BearerChallengeBuilder;
import dev.countersign.mcp.Requirement;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.token.OpaqueTokens;
import dev.countersign.token.TrustedIssuer;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What no single setting can be asked: whether they fit each other. */
final class CrossChecks {

  private static final Duration LONGEST_AGE = Duration.ofDays(365);

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
      TrustedIssuers issuers,
      Problems problems) {
    CrossChecks checks = new CrossChecks(builder, resources, problems);
    checks.identifiers();
    checks.publicPaths();
    for (ProtectedResource resource : resources) {
      checks.metadata(resource);
      checks.challenge(resource);
    }
    checks.issuers(issuers.all());
    checks.opaqueTokens(issuers.opaqueTokens());
    checks.bodies();
    checks.strictStart();
  }

  private void strictStart() {
    if (builder.strictStart && !builder.selfCheck) {
      problems.about("strict-start");
      problems.add("strict-start", "true", "expected self-check=true beside it");
    }
  }

  private void bodies() {
    // What is out of its own range has been told.
    boolean inRange = builder.maxBodySize <= 64 * 1024 * 1024 && builder.bodyMemory >= 1024 * 1024;
    if (inRange && builder.bodyMemory < builder.maxBodySize) {
      problems.about("body-memory");
      problems.add(
          "body-memory",
          Integer.toString(builder.bodyMemory),
          "expected at least max-body-size, " + builder.maxBodySize);
    }
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
      if (isReached(path)) {
        problems.add(
            "public-paths", path, "a resource must not be public, nor a path that ends like one");
      }
    }
  }

  private boolean isReached(String path) {
    for (ProtectedResource resource : resources) {
      if (isReachedBy(path, resource)) {
        return true;
      }
    }
    return false;
  }

  // Some servers route by the end of the path, so that /x/mcp is /mcp for them.
  private static boolean isReachedBy(String path, ProtectedResource resource) {
    String own = trimmed(resource.identifier().path());
    return (path.endsWith("/") && own.startsWith(path))
        || (!own.isEmpty() && trimmed(path).endsWith(own));
  }

  private void metadata(ProtectedResource resource) {
    problems.in("");
    // A member that is not enforced would be a promise that nobody keeps.
    for (Map.Entry<String, Object> member : resource.metadata().members().entrySet()) {
      Optional<String> expected =
          builder.senderConstraint().contradiction(member.getKey(), member.getValue());
      if (expected.isPresent()) {
        problems.add(key(resource, "metadata"), member.getKey(), expected.get());
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
    Scope longest = longest(resource);
    int length = longest.toString().length();
    if (length > BearerChallengeBuilder.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "with announced-scopes and rules: the scopes have "
              + length
              + " characters, a challenge at most "
              + BearerChallengeBuilder.MAX_LENGTH);
    }
    Set<String> seen = new HashSet<>();
    for (Denial why : Denial.values()) {
      // Most of them say the same, and this runs before the application does.
      if (why.error().isEmpty() || !seen.add(why.error().get().code() + why.text())) {
        continue;
      }
      try {
        BearerChallengeBuilder challenge =
            withErrorUri(resourceMetadata(resource.identifier().metadataUrl()));
        AuthenticationStrength strongest = strongest(resource);
        if (why == Denial.WEAK_AUTHENTICATION && !strongest.isAny()) {
          challenge.acrValues(strongest.acrValues()).maxAge(LONGEST_AGE);
        }
        challenge
            .realm(builder.realm)
            .error(why.error().get().code())
            .scope(longest.tokens())
            .errorDescription(why.text())
            .build();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("with announced-scopes and rules: " + e.getMessage(), e);
      }
    }
  }

  // What several operations of a batch need together is measured when it is asked for.
  private static Scope longest(ProtectedResource resource) {
    Scope longest = longer(resource.announced(), resource.required());
    Set<Scope> seen = new HashSet<>();
    for (Requirement rule : resource.policy().rules().rules().values()) {
      for (Scope alternative : rule.alternatives()) {
        if (seen.add(alternative)) {
          longest = longer(longest, resource.required().and(alternative));
        }
      }
    }
    return longest;
  }

  private static Scope longer(Scope one, Scope other) {
    return other.toString().length() > one.toString().length() ? other : one;
  }

  private static Scope everyScope(ProtectedResource resource) {
    return resource
        .required()
        .and(resource.announced())
        .and(PolicyDraft.everything(resource.policy().rules()));
  }

  /** Every value of {@code acr} and every age that a challenge may name. */
  private static AuthenticationStrength strongest(ProtectedResource resource) {
    Set<String> values = new LinkedHashSet<>(resource.strength().acrValues());
    Optional<Duration> age = resource.strength().maxAge();
    for (Requirement rule : resource.policy().rules().rules().values()) {
      values.addAll(rule.login().acrValues());
      age = age.isPresent() ? age : rule.login().maxAge();
    }
    return new AuthenticationStrength(List.copyOf(values), age);
  }

  private void opaqueTokens(List<OpaqueTokens> all) {
    if (all.size() > 1) {
      problems.in("");
      problems.add(
          "tokens",
          all.stream().map(one -> one.issuer().issuer()).collect(Collectors.joining(",")),
          "expected one authorization server with opaque tokens: nothing in such a token tells whom"
              + " to ask");
    }
  }

  private void issuers(List<TrustedIssuer> issuers) {
    Set<String> seen = new HashSet<>();
    problems.in("");
    for (TrustedIssuer issuer : issuers) {
      for (String name : issuer.names()) {
        if (!seen.add(name)) {
          problems.add(
              "authorization-servers", name, "two groups of settings name the same issuer");
        }
      }
    }
    scopePrefix(issuers);
  }

  // What clients are told to ask for must be what the authorization server knows.
  private void scopePrefix(List<TrustedIssuer> issuers) {
    Set<String> prefixes = new HashSet<>();
    for (TrustedIssuer issuer : issuers) {
      prefixes.add(issuer.shape().scopePrefix());
    }
    String prefix = prefixes.size() == 1 ? prefixes.iterator().next() : "";
    if (prefix.isEmpty()) {
      return;
    }
    for (ProtectedResource resource : resources) {
      for (String token : everyScope(resource).tokens()) {
        if (!token.startsWith(prefix)) {
          problems.about("scope-prefix");
          problems.add(
              "scope-prefix",
              prefix,
              "expected every scope of the configuration with the prefix, as clients ask for it;"
                  + " without it is "
                  + token);
        }
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
