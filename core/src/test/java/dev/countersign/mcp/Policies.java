package dev.countersign.mcp;

import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.AuthenticationStrength;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies, tokens and calls for tests. */
final class Policies {

  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  static final Scope BASE = Scope.of("mcp");
  static final Verdict PERMITTED = new Verdict.Permitted();
  static final Verdict FORBIDDEN = new Verdict.Forbidden();

  private final Map<Target, Requirement> rules = new LinkedHashMap<>();
  private final Map<String, Scope> implied = new LinkedHashMap<>();
  private final Map<Target.Kind, Unlisted> unlisted = new LinkedHashMap<>();
  private boolean concealed;

  static Policies policy() {
    return new Policies();
  }

  Policies rule(Target target, String requirement) {
    return rule(target, Requirement.parse(requirement));
  }

  Policies rule(Target target, Requirement requirement) {
    rules.put(target, requirement);
    return this;
  }

  Policies tool(String name, String requirement) {
    return rule(Target.tool(name), requirement);
  }

  Policies resource(String pattern, String requirement) {
    return rule(Target.resource(pattern), requirement);
  }

  Policies implies(String broad, String narrow) {
    implied.put(broad, Scope.parse(narrow));
    return this;
  }

  Policies unlisted(Target.Kind kind, Unlisted value) {
    unlisted.put(kind, value);
    return this;
  }

  Policies concealed() {
    concealed = true;
    return this;
  }

  PolicyRules rules() {
    return new PolicyRules(rules, implied, unlisted, concealed);
  }

  AccessPolicy build() {
    return new AccessPolicy(rules(), BASE, AuthenticationStrength.ANY, List.of());
  }

  Verdict judge(String scope, JsonRpcCall... calls) {
    return judge(build(), token(scope), calls);
  }

  static Verdict judge(AccessPolicy policy, AccessToken token, JsonRpcCall... calls) {
    return policy.judge(token, List.of(calls), NOW, Duration.ZERO);
  }

  static Verdict lacking(String needed) {
    return new Verdict.Lacking(Scope.parse(needed));
  }

  static AccessToken token(String scope) {
    return token(scope, Map.of());
  }

  static AccessToken token(String scope, Map<String, Object> claims) {
    return new AccessToken(
        "https://id.example",
        "subject",
        Optional.of("client"),
        List.of("https://mcp.example/mcp"),
        Scope.parse(scope),
        Instant.MAX,
        claims);
  }

  static JsonRpcCall call(String tool) {
    return new JsonRpcCall("tools/call", tool, Map.of("name", tool));
  }

  static JsonRpcCall call(String tool, Map<String, Object> arguments) {
    return new JsonRpcCall("tools/call", tool, Map.of("name", tool, "arguments", arguments));
  }

  static JsonRpcCall method(String method) {
    return new JsonRpcCall(method, "");
  }

  static JsonRpcCall read(String uri) {
    return new JsonRpcCall("resources/read", uri, Map.of("uri", uri));
  }
}
