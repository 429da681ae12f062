package dev.countersign.config;

import dev.countersign.http.BearerChallenge;
import dev.countersign.mcp.PublicCalls;
import dev.countersign.mcp.StepUp;
import dev.countersign.mcp.ToolScopes;
import dev.countersign.mcp.ToolStrengths;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.MetadataBuilder;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one resource behind the kit is. Values are checked when the configuration is built; all
 * problems are said together. Not thread-safe.
 */
public final class ResourceBuilder {

  private static final Pattern TOOL_NAME = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private final String name;
  private final Problems problems;
  private static final Duration LONGEST_AGE = Duration.ofDays(365);

  private final Map<String, Scope> toolScopes = new LinkedHashMap<>();
  private final Map<String, AuthenticationStrength> toolStrengths = new LinkedHashMap<>();
  private AuthenticationStrength strength = AuthenticationStrength.ANY;
  private final List<Consumer<MetadataBuilder>> metadata = new ArrayList<>();
  private final StepUpBuilder stepUp;
  private final PublicCallsBuilder publicCalls;
  private String identifier = "";
  private String place = "";
  private Scope required = Scope.NONE;
  private @Nullable Scope announced;
  private @Nullable Scope supported;

  ResourceBuilder(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
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
    String setting = "scopes.tool." + tool;
    requireToolName(setting, tool, String.join(" ", tokens));
    toolScopes.put(tool, challengeScope(setting, List.of(tokens)));
    return this;
  }

  private void requireToolName(String setting, String tool, String value) {
    if (!TOOL_NAME.matcher(tool).matches()) {
      problems.add(
          key(setting), value, "expected the name of a tool: 1 to 128 visible ASCII characters");
    }
  }

  /**
   * The authentication contexts of which the login behind every token must be one (RFC 9470).
   *
   * @param values what {@code acr} may be, the preferred one first
   * @return this builder
   */
  public ResourceBuilder acrValues(String... values) {
    strength =
        new AuthenticationStrength(acrValues("acr-values", List.of(values)), strength.maxAge());
    return this;
  }

  /**
   * How long ago the login behind every token may have been, by its {@code auth_time} (RFC 9470).
   *
   * @param age zero to 365 days, inclusive; parts of a second are cut off
   * @return this builder
   */
  public ResourceBuilder maxAge(Duration age) {
    strength = new AuthenticationStrength(strength.acrValues(), maxAge("max-age", age));
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
    String setting = "acr-values.tool." + tool;
    requireToolName(setting, tool, String.join(" ", values));
    return tool(
        tool,
        new AuthenticationStrength(
            acrValues(setting, List.of(values)), toolStrength(tool).maxAge()));
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
    String setting = "max-age.tool." + tool;
    requireToolName(setting, tool, age.toString());
    return tool(
        tool, new AuthenticationStrength(toolStrength(tool).acrValues(), maxAge(setting, age)));
  }

  private AuthenticationStrength toolStrength(String tool) {
    return toolStrengths.getOrDefault(tool, AuthenticationStrength.ANY);
  }

  private ResourceBuilder tool(String tool, AuthenticationStrength demand) {
    toolStrengths.put(tool, demand);
    return this;
  }

  private List<String> acrValues(String setting, List<String> values) {
    boolean sendable =
        problems.check(
            key(setting),
            String.join(" ", values),
            () -> BearerChallenge.builder().acrValues(values));
    if (values.isEmpty()
        || values.stream().anyMatch(value -> value.isEmpty() || value.contains(" "))) {
      problems.add(
          key(setting),
          String.join(" ", values),
          "expected one or more values of acr with spaces between them");
    }
    return sendable ? values : List.of();
  }

  private Optional<Duration> maxAge(String setting, Duration age) {
    if (age.isNegative() || age.compareTo(LONGEST_AGE) > 0) {
      problems.add(key(setting), age.toString(), "expected PT0S to P365D");
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds(age.toSeconds()));
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
        && toolScopes.isEmpty()
        && strength.isAny()
        && toolStrengths.isEmpty()
        && stepUp.isUntouched()
        && publicCalls.isUntouched()
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
    problems.check(key(setting), text, () -> scope.add(requestable(tokens)));
    return scope.isEmpty() ? Scope.NONE : scope.get(0);
  }

  private static Scope requestable(Collection<String> tokens) {
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException(
          "expected one or more scope-tokens with spaces between them");
    }
    if (tokens.contains("offline_access")) {
      throw new IllegalArgumentException(
          "offline_access is not a scope of a resource (MCP authorization)");
    }
    return Scope.of(tokens);
  }

  @Nullable ProtectedResource build(
      boolean httpOnLoopback, List<String> issuers, SenderConstraintBuilder constraint) {
    problems.in(place);
    if (identifier.isBlank()) {
      problems.add(
          key("resource"),
          "",
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
    ToolScopes tools = new ToolScopes(toolScopes);
    Scope listed = supported == null ? everything(asked) : supported;
    StepUp challenges = stepUp.build(everything(asked).and(listed));
    PublicCalls withoutToken = publicCalls.build(ruledTools());
    problems.in(place);
    MetadataBuilder document =
        ProtectedResourceMetadata.builder(id, issuers).scopesSupported(listed);
    constraint.announce(document);
    metadata.forEach(step -> step.accept(document));
    return new ProtectedResource(
        name,
        id,
        required,
        asked,
        tools,
        strength,
        new ToolStrengths(toolStrengths),
        challenges,
        withoutToken,
        document.build());
  }

  private Set<String> ruledTools() {
    Set<String> ruled = new HashSet<>(toolScopes.keySet());
    ruled.addAll(toolStrengths.keySet());
    return ruled;
  }

  private Scope everything(Scope asked) {
    Scope all = asked.and(required);
    for (Scope scope : toolScopes.values()) {
      all = all.and(scope);
    }
    return all;
  }
}
