package dev.countersign.config;

import dev.countersign.http.BearerChallenge;
import dev.countersign.mcp.PolicyRules;
import dev.countersign.mcp.PublicCalls;
import dev.countersign.mcp.Requirement;
import dev.countersign.mcp.StepUp;
import dev.countersign.mcp.Target;
import dev.countersign.mcp.Unlisted;
import dev.countersign.mcp.Visibility;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.MetadataBuilder;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.ScopePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one resource behind the kit is. Values are checked when the configuration is built; all
 * problems are said together. Not thread-safe.
 */
public final class ResourceBuilder {

  private final String name;
  private final Problems problems;
  private final RuleChecks checks;
  private final PolicyDraft policy;
  private AuthenticationStrength strength = AuthenticationStrength.ANY;
  private final List<Consumer<MetadataBuilder>> metadata = new ArrayList<>();
  private final StepUpBuilder stepUp;
  private final PublicCallsBuilder publicCalls;
  private Visibility visibility = Visibility.FULL;
  private String identifier = "";
  private String place = "";
  private Scope required = Scope.NONE;
  private @Nullable Scope announced;
  private @Nullable Scope supported;

  ResourceBuilder(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
    this.checks = new RuleChecks(problems);
    this.policy = new PolicyDraft(problems, this::key);
    this.stepUp = new StepUpBuilder(problems, key(""), this::challengeScope);
    this.publicCalls = new PublicCallsBuilder(problems, key(""));
  }

  /**
   * The resource identifier: the URL that users give to their client.
   *
   * @param url an absolute https URI without fragment
   * @return this builder
   */
  public ResourceBuilder resource(String url) {
    identifier = url;
    place = problems.place();
    return this;
  }

  /**
   * The scopes that every access token must have.
   *
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ResourceBuilder requiredScopes(String... tokens) {
    required = challengeScope("required-scopes", List.of(tokens));
    return this;
  }

  /**
   * The scopes that the first challenge asks for; clients register and log in with these. The
   * default is the required ones.
   *
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ResourceBuilder announcedScopes(String... tokens) {
    announced = challengeScope("announced-scopes", List.of(tokens));
    return this;
  }

  /**
   * The scopes that the metadata document lists. The default is the required, the announced, and
   * those of the tools.
   *
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ResourceBuilder scopesSupported(String... tokens) {
    supported = scope("scopes-supported", List.of(tokens));
    return this;
  }

  /**
   * The scopes that a call of one tool needs beyond the required ones. With such a rule the body of
   * a request is read, once its token was accepted.
   *
   * @param tool the exact name of the tool
   * @param tokens the scope-tokens
   * @return this builder
   */
  public ResourceBuilder toolScope(String tool, String... tokens) {
    policy.scopes(Target.tool(tool), List.of(tokens));
    return this;
  }

  /**
   * A rule. With it the body of a request is read, once its token was accepted.
   *
   * @param target what it is for; the most special rule for a call holds
   * @param requirement what it demands beyond what every token must have
   * @return this builder
   */
  public ResourceBuilder rule(Target target, Requirement requirement) {
    policy.rule(target, requirement);
    return this;
  }

  /**
   * A file with rules, beside those of settings and code. A rule that both have must be the same in
   * both. It is read when the configuration is built, and again with a new configuration.
   *
   * @param file the path of a file that ends in .json, .yaml or .yml
   * @return this builder
   */
  public ResourceBuilder policyFile(String file) {
    policy.file(file);
    return this;
  }

  /**
   * What happens to what no rule names. The default is to deny it if there are rules of its kind;
   * for methods, if there is any rule, to deny those that are not in MCP.
   *
   * @param kind a kind of things
   * @param value allow or deny; for methods also known
   * @return this builder
   */
  public ResourceBuilder unlisted(Target.Kind kind, Unlisted value) {
    policy.unlisted(kind, value);
    return this;
  }

  /**
   * Narrower scopes that a broader one implies: a token with it is good for what needs them.
   * Challenges still name the narrower ones.
   *
   * @param broad a scope-token
   * @param narrow the scope-tokens that it implies
   * @return this builder
   */
  public ResourceBuilder scopeImplies(String broad, String... narrow) {
    policy.implies(broad, List.of(narrow));
    return this;
  }

  /**
   * Whether a call with too little scope for a rule is answered like a call that is denied, without
   * a challenge, so that nobody learns which tools there are.
   *
   * @param conceal true for no difference
   * @return this builder
   */
  public ResourceBuilder concealRules(boolean conceal) {
    policy.conceal(conceal);
    return this;
  }

  /**
   * Whether the use of a tool, a prompt or a resource for which the token does not suffice is
   * answered as the specification answers one that does not exist.
   *
   * @param hide true for no difference, and no challenge
   * @return this builder
   */
  public ResourceBuilder hideDenied(boolean hide) {
    visibility = new Visibility(hide, visibility.listsFiltered());
    return this;
  }

  /**
   * Whether lists of tools, prompts and resources hold only what the token may use.
   *
   * @param filter true to filter them, where there are rules
   * @return this builder
   */
  public ResourceBuilder filterLists(boolean filter) {
    visibility = new Visibility(visibility.deniedHidden(), filter);
    return this;
  }

  /**
   * What the application has to say about operations that the rules permit. Repeatable; each has to
   * permit. With it the body of a request is read, once its token was accepted.
   *
   * @param further the application's policy
   * @return this builder
   */
  public ResourceBuilder scopePolicy(ScopePolicy further) {
    policy.further(Objects.requireNonNull(further, "further"));
    return this;
  }

  /**
   * The authentication contexts of which the login behind every token must be one (RFC 9470).
   *
   * @param values what {@code acr} may be, the preferred one first
   * @return this builder
   */
  public ResourceBuilder acrValues(String... values) {
    if (checks.acrValues(key("acr-values"), List.of(values))) {
      strength = new AuthenticationStrength(List.of(values), strength.maxAge());
    }
    return this;
  }

  /**
   * How long ago the login behind every token may have been, by its {@code auth_time} (RFC 9470).
   *
   * @param age zero to 365 days, inclusive; parts of a second are cut off
   * @return this builder
   */
  public ResourceBuilder maxAge(Duration age) {
    if (checks.maxAge(key("max-age"), age)) {
      strength =
          new AuthenticationStrength(
              strength.acrValues(), Optional.of(Duration.ofSeconds(age.toSeconds())));
    }
    return this;
  }

  /**
   * The authentication contexts of which the login must be one for a call of one tool. With such a
   * rule the body of a request is read, once its token was accepted.
   *
   * @param tool the exact name of the tool
   * @param values what {@code acr} may be, the preferred one first
   * @return this builder
   */
  public ResourceBuilder toolAcrValues(String tool, String... values) {
    policy.acrValues(Target.tool(tool), List.of(values));
    return this;
  }

  /**
   * How long ago the login may have been for a call of one tool. With such a rule the body of a
   * request is read, once its token was accepted.
   *
   * @param tool the exact name of the tool
   * @param age zero to 365 days, inclusive; parts of a second are cut off
   * @return this builder
   */
  public ResourceBuilder toolMaxAge(String tool, Duration age) {
    policy.maxAge(Target.tool(tool), age);
    return this;
  }

  PolicyDraft policy() {
    return policy;
  }

  /**
   * Which scopes a challenge names to a token that has too few.
   *
   * @return the builder of that
   */
  public StepUpBuilder stepUp() {
    return stepUp;
  }

  /**
   * The calls that need no token.
   *
   * @return the builder of that
   */
  public PublicCallsBuilder publicCalls() {
    return publicCalls;
  }

  /**
   * Members of the metadata document beyond those that the configuration gives.
   *
   * @param step sets members
   * @return this builder
   */
  public ResourceBuilder metadata(Consumer<MetadataBuilder> step) {
    metadata.add(step);
    return this;
  }

  boolean isUntouched() {
    return identifier.isEmpty()
        && required.isEmpty()
        && announced == null
        && supported == null
        && strength.isAny()
        && stepUp.isUntouched()
        && publicCalls.isUntouched()
        && visibility.equals(Visibility.FULL)
        && policy.isUntouched()
        && metadata.isEmpty();
  }

  /** A text member of the document that comes from a setting of that key. */
  void text(String setting, String member, String languageTag, String value) {
    String from = problems.place();
    metadata.add(
        document -> {
          String before = problems.place();
          problems.in(from);
          problems.check(key(setting), value, () -> document.text(member, languageTag, value));
          problems.in(before);
        });
  }

  /**
   * A scope that challenges name, where a character can be misread that is legal in a scope-token.
   */
  private Scope challengeScope(String setting, Collection<String> tokens) {
    Scope scope = scope(setting, tokens);
    String text = String.join(" ", tokens);
    boolean readable =
        problems.check(key(setting), text, () -> BearerChallenge.builder().scope(scope.tokens()));
    return readable ? scope : Scope.NONE;
  }

  private Scope scope(String setting, Collection<String> tokens) {
    String text = String.join(" ", tokens);
    List<Scope> scope = new ArrayList<>();
    problems.check(key(setting), text, () -> scope.add(RuleChecks.requestable(tokens)));
    return scope.isEmpty() ? Scope.NONE : scope.get(0);
  }

  @Nullable ProtectedResource build(
      boolean httpOnLoopback, List<String> issuers, SenderConstraintBuilder constraint) {
    problems.in(place);
    if (identifier.isBlank()) {
      problems.missing(
          key("resource"),
          "expected the https URL that users give to their client (RFC 9728 section 1.2)");
      return null;
    }
    try {
      ResourceIdentifier id =
          httpOnLoopback
              ? ResourceIdentifier.parseAllowingHttpOnLoopback(identifier)
              : ResourceIdentifier.parse(identifier);
      return issuers.isEmpty() ? null : complete(id, issuers, constraint);
    } catch (IllegalArgumentException e) {
      problems.add(key("resource"), identifier, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private String key(String setting) {
    return name.isEmpty() ? setting : "resources." + name + "." + setting;
  }

  private ProtectedResource complete(
      ResourceIdentifier id, List<String> issuers, SenderConstraintBuilder constraint) {
    Scope asked = announced == null ? required : announced;
    PolicyRules rules = policy.rules(strength);
    Scope everything = asked.and(required).and(PolicyDraft.everything(rules));
    Scope listed = supported == null ? everything : supported;
    StepUp challenges = stepUp.build(everything.and(listed));
    PublicCalls withoutToken = publicCalls.build(rules);
    problems.in(place);
    MetadataBuilder document =
        ProtectedResourceMetadata.builder(id, issuers).scopesSupported(listed);
    constraint.announce(document);
    for (Consumer<MetadataBuilder> step : metadata) {
      step.accept(document);
    }
    return new ProtectedResource(
        name,
        id,
        required,
        asked,
        strength,
        policy.build(rules, required, strength),
        challenges,
        withoutToken,
        visibility,
        document.build());
  }
}
