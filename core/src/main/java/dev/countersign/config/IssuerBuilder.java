package dev.countersign.config;

import dev.countersign.token.IssuerTemplate;
import dev.countersign.token.SignatureAlgorithm;
import dev.countersign.token.TrustedIssuer;
import dev.countersign.token.TrustedIssuerBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is accepted of one authorization server, or of several alike. Values are checked when the
 * configuration is built; all problems are said together. Not thread-safe.
 */
public final class IssuerBuilder {

  private final String group;
  private final Problems problems;
  private final IssuerOptions options;
  private String issuer = "";
  private String place = "";
  private Profile profile = Profile.RFC9068;
  private List<String> tenants = List.of();
  private String advertised = "";

  IssuerBuilder(String group, Problems problems) {
    this.group = group;
    this.problems = problems;
    this.options = new IssuerOptions(problems);
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

  /**
   * How long a token may live.
   *
   * @param lifetime the greatest distance of {@code exp} from {@code iat}, at most 365 days; zero
   *     for no limit
   * @return this builder
   */
  public IssuerBuilder maximumLifetime(Duration lifetime) {
    return option(
        "maximum-lifetime", lifetime.toString(), to -> to.maximumLifetime(plausible(lifetime)));
  }

  /**
   * A set of options for a server that is around; options that are given beside it are stronger.
   *
   * @param id the {@link Profile#id}
   * @return this builder
   */
  public IssuerBuilder profile(String id) {
    problems.check(key("profile"), id, () -> profile = Profile.parse(id));
    options.put("profile", id, to -> {});
    return this;
  }

  /**
   * The tenants of an issuer with a placeholder.
   *
   * @param names at most {@link IssuerTemplate#MAX_TENANTS}, each as it stands in {@code iss}
   * @return this builder
   */
  public IssuerBuilder tenants(Collection<String> names) {
    String text = String.join(",", names);
    problems.check(key("tenants"), text, () -> tenants = IssuerTemplate.requireTenants(names));
    options.put("tenants", text, to -> {});
    return this;
  }

  /**
   * Relaxation: further values of {@code iss} in tokens that the keys of the issuer sign.
   *
   * @param names issuer identifiers; with tenants a placeholder may be in them
   * @return this builder
   */
  public IssuerBuilder issuerAliases(Collection<String> names) {
    options.put(
        "issuer-aliases",
        String.join(",", names),
        to -> to.trusted.issuerAliases(to.filled(IssuerDraft.some(names)).toArray(String[]::new)));
    return this;
  }

  /**
   * Relaxation: what the metadata document names instead of the issuer, whose tokens are accepted.
   *
   * @param identifier where clients log in, an issuer identifier
   * @return this builder
   */
  public IssuerBuilder advertisedIssuer(String identifier) {
    options.put("advertised-issuer", identifier, to -> TrustedIssuer.of(identifier));
    advertised = identifier;
    return this;
  }

  /**
   * What ties its tokens to the resource beside {@code aud}.
   *
   * @return the builder of these options
   */
  public BindingBuilder binding() {
    return new BindingBuilder(options);
  }

  /**
   * In what its tokens look different from RFC 9068.
   *
   * @return the builder of these options
   */
  public ShapeBuilder shape() {
    return new ShapeBuilder(options);
  }

  /**
   * Which tokens it makes, and how it is asked about those that are opaque.
   *
   * @return the builder of these options
   */
  public IntrospectionBuilder introspection() {
    return new IntrospectionBuilder(options);
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
    options.put(setting, value, draft -> step.accept(draft.trusted));
    return this;
  }

  private static void on(boolean value, Runnable step) {
    if (value) {
      step.run();
    }
  }

  /** The authorization server of this group, once for each tenant if it has tenants. */
  List<TrustedIssuer> build(TrustedIssuers trusted) {
    problems.in(place);
    return build("issuers." + group + ".issuer", issuer, trusted);
  }

  /** One of the authorization servers that have these settings in common. */
  List<TrustedIssuer> build(String setting, String identifier, TrustedIssuers trusted) {
    ConfigBuilder config = trusted.config();
    String from = problems.place();
    boolean profileFits = requireProfile(identifier);
    IssuerOptions all = options.or(presets(config));
    IssuerOptions sound = all.sound(key(""), config);
    // Most authorization servers have no options, and there is nothing that has to fit then.
    boolean ties =
        sound.isEmpty()
            || IssuerChecks.fit(key(""), sound, identifier, config.hasSeveralResources());
    boolean fit = (all.isEmpty() || IntrospectionChecks.fit(key(""), all)) && ties;
    problems.in(from);
    List<TrustedIssuer> built = new ArrayList<>();
    for (String tenant : tenantsFor(setting, identifier)) {
      try {
        built.add(draft(sound, fit, identifier, tenant, trusted));
      } catch (IllegalArgumentException e) {
        problems.add(setting, identifier, String.valueOf(e.getMessage()));
      }
    }
    return profileFits && fit ? built : List.of();
  }

  private TrustedIssuer draft(
      IssuerOptions sound, boolean fit, String identifier, String tenant, TrustedIssuers trusted) {
    IssuerDraft draft = new IssuerDraft(identifier, tenant, trusted.config());
    // What does not fit has been said; the issuer itself is looked at all the same.
    if (fit) {
      sound.applyTo(draft);
    }
    TrustedIssuer built = draft.build();
    trusted.add(draft.opaque, built);
    return built;
  }

  private boolean requireProfile(String identifier) {
    List<String> missing = new ArrayList<>();
    for (String need : profile.needs()) {
      if (!options.has(need) && !(need.equals("tenants") && !tenants.isEmpty())) {
        missing.add(need);
      }
    }
    if (!missing.isEmpty()) {
      options.refuse(key("profile"), "profile", "needs " + String.join(" and ", missing));
    }
    Optional<String> shape = profile.refuse(identifier);
    if (shape.isPresent()) {
      options.refuse(key("profile"), "profile", "for this issuer: " + shape.get());
    }
    return missing.isEmpty() && shape.isEmpty();
  }

  private IssuerOptions presets(ConfigBuilder config) {
    String before = problems.place();
    IssuerBuilder presets = new IssuerBuilder(group, problems);
    problems.in("profile " + profile.id());
    profile.applyTo(presets, config);
    problems.in(before);
    return presets.options;
  }

  private List<String> tenantsFor(String setting, String identifier) {
    if (!IssuerTemplate.isOne(identifier)) {
      return List.of("");
    }
    boolean template = problems.check(setting, identifier, () -> new IssuerTemplate(identifier));
    if (template && tenants.isEmpty() && !options.has("tenants")) {
      problems.add(setting, identifier, "needs tenants, because of the placeholder");
    }
    return template ? tenants : List.of();
  }

  /** What the metadata document names for these authorization servers. */
  List<String> advertised(List<TrustedIssuer> built) {
    if (!built.isEmpty() && !advertised.isEmpty()) {
      return List.of(advertised);
    }
    List<String> issuers = new ArrayList<>();
    for (TrustedIssuer one : built) {
      issuers.add(one.issuer());
    }
    return issuers;
  }

  /** What is to be said of each of these authorization servers at start beside its own options. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (profile != Profile.RFC9068) {
      notes.add("profile=" + profile.id());
    }
    if (!advertised.isEmpty()) {
      notes.add("advertised-issuer=" + advertised);
    }
    return notes;
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
    for (String setting : List.of("jwks-uri", "advertised-issuer")) {
      if (options.has(setting)) {
        options.refuse(
            key(setting), setting, "expected one authorization server, or issuers.NAME." + setting);
      }
    }
  }

  private String key(String name) {
    return group.isEmpty() ? name : "issuers." + group + "." + name;
  }
}
