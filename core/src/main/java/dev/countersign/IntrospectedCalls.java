package dev.countersign;

import dev.countersign.config.IntrospectedTools;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.oauth.BearerToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.ResourceIdentifier;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.TokenValidator;
import dev.countersign.token.IntrospectionValidator;
import dev.countersign.token.JwtTokenValidator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks the authorization server once more about a token that was found good, before chosen tools
 * are called with it (RFC 7662). Thread-safe.
 */
final class IntrospectedCalls implements AutoCloseable {

  /** What one issuer wants to be asked about, and the way to ask it. */
  private record Rule(Set<String> tools, TokenValidator validator) {}

  private final Map<String, Rule> byIssuer = new HashMap<>();
  private final List<TokenValidator> validators = new ArrayList<>();

  IntrospectedCalls(ResourceServerConfig config) {
    JwtTokenValidator.Settings settings =
        new JwtTokenValidator.Settings(
            config.clock(), config.clockSkew(), config.maxTokenLength(), config.tokenCacheSize());
    for (IntrospectedTools one : config.introspectedTools()) {
      TokenValidator validator = IntrospectionValidator.create(one.server(), settings);
      validators.add(validator);
      one.server()
          .issuer()
          .names()
          .forEach(name -> byIssuer.put(name, new Rule(one.tools(), validator)));
    }
  }

  boolean isEmpty() {
    return byIssuer.isEmpty();
  }

  /**
   * What is decided instead of the grant.
   *
   * @param granted what the token says, which was found good
   * @param token the token
   * @param source where the request comes from
   * @return empty if the grant stands
   */
  Optional<Decision> refuse(
      Decision.Granted granted,
      BearerToken token,
      ResourceIdentifier resource,
      List<JsonRpcCall> calls,
      Supplier<String> source) {
    Rule rule = calls.isEmpty() ? null : byIssuer.get(granted.accessToken().issuer());
    if (rule == null || calls.stream().noneMatch(call -> isMeant(rule, call))) {
      return Optional.empty();
    }
    Decision decision = rule.validator().validate(token, resource, source);
    // Claims and scope stay those that the issuer has signed.
    return decision instanceof Decision.Granted ? Optional.empty() : Optional.of(decision);
  }

  private static boolean isMeant(Rule rule, JsonRpcCall call) {
    return call.method().equals("tools/call") && rule.tools().contains(call.name());
  }

  @Override
  public void close() {
    validators.forEach(TokenValidator::close);
  }
}
