package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Credentials;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.oauth.Scope;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.JsonRpcCall;
import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a good token is enough for the operation: the strength of the login, the scopes,
 * and for chosen tools the authorization server's own word.
 */
final class OperationJudge {

  // A body of these methods means nothing to an MCP server (RFC 9110 section 9.3).
  private static final Set<String> WITHOUT_BODY =
      Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

  private final IntrospectedCalls introspected;
  private final RequestSources sources;
  private final BodyReading bodies;
  private final InstantSource clock;
  private final Duration clockSkew;

  OperationJudge(
      ResourceServerConfig config, IntrospectedCalls introspected, RequestSources sources) {
    this.introspected = introspected;
    this.sources = sources;
    this.bodies = new BodyReading(config);
    this.clock = config.clock();
    this.clockSkew = config.clockSkew();
  }

  /** What is decided about an exchange whose token is good. */
  Decision judge(
      Exchange exchange,
      Credentials.Presented presented,
      ProtectedResource resource,
      Decision.Granted granted) {
    List<JsonRpcCall> calls = List.of();
    if (readsBody(exchange, resource)) {
      JsonRpcBody body = body(exchange);
      if (body instanceof JsonRpcBody.Refused refused) {
        return new Decision.Denied(refused.why(), "");
      }
      calls = resource.publicCalls().leaveOut(((JsonRpcBody.Calls) body).calls());
    }
    Verdict verdict =
        resource.policy().judge(granted.accessToken(), calls, clock.instant(), clockSkew);
    if (!(verdict instanceof Verdict.Permitted)) {
      return refusal(verdict, resource, granted);
    }
    return introspected
        .refuse(
            granted, presented.token(), resource.identifier(), calls, () -> sources.of(exchange))
        .map(
            one ->
                one instanceof Decision.Denied no
                    ? Judge.denied(no.why(), resource, no.detail())
                    : one)
        .orElse(granted);
  }

  /** Whether the decision needs the body. */
  boolean readsBody(Exchange exchange, ProtectedResource resource) {
    boolean byCall = resource.policy().needsCalls() || !introspected.isEmpty();
    return byCall && !WITHOUT_BODY.contains(exchange.method());
  }

  /** The decision that a verdict means. */
  static Decision refusal(Verdict verdict, ProtectedResource resource, Decision.Granted granted) {
    if (!(verdict instanceof Verdict.Lacking lacking)) {
      return new Decision.Denied(Denial.POLICY, "");
    }
    Scope needed = lacking.needed();
    if (lacking.login().isAny()) {
      return new Decision.Denied(
          Denial.MISSING_SCOPE,
          needed,
          elevation(needed, resource.policy().held(granted.accessToken())));
    }
    // A login that is strong enough and has the scopes as well: one round trip cures both.
    Scope asked = needed.isEmpty() ? resource.announced() : needed;
    return new Decision.Denied(Denial.WEAK_AUTHENTICATION, asked, lacking.login(), "");
  }

  // Only of the scopes that are needed: what else the token has is the value of a claim.
  private static String elevation(Scope needed, Scope held) {
    Map<Boolean, List<String>> parts =
        needed.tokens().stream().collect(Collectors.partitioningBy(held.tokens()::contains));
    String has = String.join(" ", parts.getOrDefault(true, List.of()));
    String lacks = "lacks " + String.join(" ", parts.getOrDefault(false, List.of()));
    return has.isEmpty() ? lacks : lacks + "; has " + has;
  }

  /** The body, read no further than the limit. */
  JsonRpcBody body(Exchange exchange) {
    return bodies.of(exchange);
  }
}
