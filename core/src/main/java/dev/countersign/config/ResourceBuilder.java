package dev.countersign.config;

import dev.countersign.http.BearerChallenge;
import dev.countersign.mcp.ToolScopes;
import dev.countersign.oauth.MetadataBuilder;
import dev.countersign.oauth.ProtectedResourceMetadata;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.oauth.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, Scope> toolScopes = new LinkedHashMap<>();
  private final List<Consumer<MetadataBuilder>> metadata = new ArrayList<>();
  private String identifier = "";
  private String place = "";
  private Scope required = Scope.NONE;
  private @Nullable Scope announced;
  private @Nullable Scope supported;

  ResourceBuilder(String name, Problems problems) {
    this.name = name;
    this.problems = problems;
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
    if (!TOOL_NAME.matcher(tool).matches()) {
      problems.add(
          key(setting),
          String.join(" ", tokens),
          "expected the name of a tool: 1 to 128 visible ASCII characters");
    }
    toolScopes.put(tool, challengeScope(setting, List.of(tokens)));
    return this;
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

  @Nullable ProtectedResource build(boolean httpOnLoopback, List<String> issuers) {
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
      return issuers.isEmpty() ? null : complete(id, issuers);
    } catch (IllegalArgumentException e) {
      problems.add(key("resource"), identifier, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private String key(String setting) {
    return name.isEmpty() ? setting : "resources." + name + "." + setting;
  }

  private ProtectedResource complete(ResourceIdentifier id, List<String> issuers) {
    Scope asked = announced == null ? required : announced;
    ToolScopes tools = new ToolScopes(toolScopes);
    Scope listed = supported == null ? everything(asked) : supported;
    MetadataBuilder document =
        ProtectedResourceMetadata.builder(id, issuers).scopesSupported(listed);
    metadata.forEach(step -> step.accept(document));
    return new ProtectedResource(name, id, required, asked, tools, document.build());
  }

  private Scope everything(Scope asked) {
    Scope all = asked.and(required);
    for (Scope scope : toolScopes.values()) {
      all = all.and(scope);
    }
    return all;
  }
}
