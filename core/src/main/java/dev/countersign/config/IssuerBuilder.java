package dev.countersign.config;

import dev.countersign.token.SignatureAlgorithm;
import dev.countersign.token.TrustedIssuer;
import dev.countersign.token.TrustedIssuerBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is accepted of one authorization server, or of several alike. Values are checked when the
 * configuration is built; all problems are said together. Not thread-safe.
 */
public final class IssuerBuilder {

  private final String group;
  private final Problems problems;
  private final Map<String, Option> options = new LinkedHashMap<>();
  private String issuer = "";
  private String place = "";

  /** One setting as it was given, applied to each issuer that it holds for. */
  private record Option(String value, String place, Consumer<TrustedIssuerBuilder> step) {

    /** Applies it to an issuer that has no other fault, so that what is refused is this setting. */
    void tryOut(ConfigBuilder config) {
      TrustedIssuerBuilder sound = builder("https://issuer.invalid", config);
      step.accept(sound);
      sound.build();
    }
  }

  IssuerBuilder(String group, Problems problems) {
    this.group = group;
    this.problems = problems;
  }

  /**
   * The issuer, for an authorization server with settings of its own.
   *
   * @param identifier the issuer identifier, spelt as in its own metadata
   * @return this builder
   */
  public IssuerBuilder issuer(String identifier) {
    if (group.isEmpty()) {
      problems.add("issuer", identifier, "expected issuers.NAME.issuer, or authorization-servers");
    }
    issuer = identifier;
    place = problems.place();
    return this;
  }

  /**
   * Where the keys are, instead of where its metadata says.
   *
   * @param url an absolute https URL
   * @return this builder
   */
  public IssuerBuilder jwksUri(String url) {
    return option("jwks-uri", url, to -> to.jwksUri(URI.create(url)));
  }

  /**
   * The signature algorithms that are accepted.
   *
   * @param names JWS algorithm names (RFC 7518 section 3.1, RFC 8037, RFC 9864), compared with
   *     regard to case
   * @return this builder
   */
  public IssuerBuilder algorithms(Collection<String> names) {
    return option(
        "algorithms",
        String.join(",", names),
        to ->
            to.algorithms(
                names.stream().map(SignatureAlgorithm::parse).toArray(SignatureAlgorithm[]::new)));
  }

  /**
   * Relaxation: further exact audiences that count as the resource.
   *
   * @param audiences the audiences
   * @return this builder
   */
  public IssuerBuilder audienceAliases(Collection<String> audiences) {
    return option(
        "audience-aliases",
        String.join(",", audiences),
        to -> to.audienceAliases(audiences.toArray(String[]::new)));
  }

  /**
   * Whether a token with a further audience is refused.
   *
   * @param exclusive true to refuse it
   * @return this builder
   */
  public IssuerBuilder exclusiveAudience(boolean exclusive) {
    return option("exclusive-audience", "" + exclusive, to -> on(exclusive, to::exclusiveAudience));
  }

  /**
   * Relaxation: whether tokens that do not follow RFC 9068 are accepted.
   *
   * @param accept true to accept them
   * @return this builder
   */
  public IssuerBuilder acceptPlainJwt(boolean accept) {
    return option("accept-plain-jwt", "" + accept, to -> on(accept, to::acceptPlainJwt));
  }

  /**
   * The claims that may hold the scope; those that are in a token must agree.
   *
   * @param names names of claims
   * @return this builder
   */
  public IssuerBuilder scopeClaims(Collection<String> names) {
    return option("scope-claims", String.join(",", names), to -> to.scopeClaims(claims(names)));
  }

  /**
   * The claims that may hold the client; the first that is in the token counts.
   *
   * @param names names of claims
   * @return this builder
   */
  public IssuerBuilder clientIdClaims(Collection<String> names) {
    return option(
        "client-id-claims", String.join(",", names), to -> to.clientIdClaims(claims(names)));
  }

  /**
   * How old a token may be.
   *
   * @param age the greatest age by {@code iat}, beside the clock skew, at most 365 days; zero for
   *     no limit
   * @return this builder
   */
  public IssuerBuilder maximumAge(Duration age) {
    return option("maximum-age", age.toString(), to -> to.maximumAge(plausible(age)));
  }

  private static Duration plausible(Duration age) {
    if (age.isNegative() || age.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          "expected an ISO-8601 duration such as PT1H, at most P365D");
    }
    return age;
  }

  private static String[] claims(Collection<String> names) {
    if (names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException("expected names of claims with commas between them");
    }
    return names.toArray(String[]::new);
  }

  private IssuerBuilder option(String setting, String value, Consumer<TrustedIssuerBuilder> step) {
    options.put(setting, new Option(value, problems.place(), step));
    return this;
  }

  private static void on(boolean value, Runnable step) {
    if (value) {
      step.run();
    }
  }

  /** The authorization server of this group. */
  Optional<TrustedIssuer> build(ConfigBuilder config) {
    problems.in(place);
    return build("issuers." + group + ".issuer", issuer, config);
  }

  /** One of the authorization servers that have these settings in common. */
  Optional<TrustedIssuer> build(String setting, String identifier, ConfigBuilder config) {
    String from = problems.place();
    TrustedIssuerBuilder trusted = builder(identifier, config);
    options.forEach(
        (name, option) -> {
          problems.in(option.place());
          if (problems.check(key(name), option.value(), () -> option.tryOut(config))) {
            option.step().accept(trusted);
          }
        });
    problems.in(from);
    List<TrustedIssuer> built = new ArrayList<>();
    problems.check(setting, identifier, () -> built.add(trusted.build()));
    return built.stream().findFirst();
  }

  private static TrustedIssuerBuilder builder(String identifier, ConfigBuilder config) {
    TrustedIssuerBuilder trusted = TrustedIssuer.builder(identifier);
    on(config.allowHttpOnLoopback, trusted::allowHttpOnLoopback);
    on(config.allowPrivateAddresses, trusted::allowPrivateAddresses);
    return trusted;
  }

  /** Says of every setting that there is no authorization server for which it could hold. */
  void requireNone() {
    options.forEach(
        (name, option) -> {
          problems.in(option.place());
          problems.add(
              name,
              option.value(),
              "holds for none of the authorization servers; expected issuers.NAME." + name);
        });
  }

  /**
   * Says that a setting which can be true of one authorization server only was given for several.
   */
  void requireSingle() {
    Option jwks = options.get("jwks-uri");
    if (jwks != null) {
      problems.in(jwks.place());
      problems.add(
          key("jwks-uri"),
          jwks.value(),
          "expected one authorization server, or issuers.NAME.jwks-uri");
    }
  }

  private String key(String name) {
    return group.isEmpty() ? name : "issuers." + group + "." + name;
  }
}
