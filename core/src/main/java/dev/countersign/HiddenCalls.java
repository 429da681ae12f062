package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.AccessPolicy;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes one refusal of all refusals that are about a tool, a prompt or a resource, where that is
 * configured: whether there is one and what it needs is not said.
 */
final class HiddenCalls {

  private static final Set<Denial> TELLING =
      Set.of(Denial.MISSING_SCOPE, Denial.WEAK_AUTHENTICATION, Denial.POLICY);

  private final Function<Exchange, JsonRpcBody> bodies;
  private final InstantSource clock;
  private final Duration clockSkew;

  HiddenCalls(ResourceServerConfig config, Function<Exchange, JsonRpcBody> bodies) {
    this.bodies = bodies;
    this.clock = config.clock();
    this.clockSkew = config.clockSkew();
  }

  /** Whether the answer to a denial may need the body. */
  boolean mayReadBody(ProtectedResource resource) {
    return resource.visibility().deniedHidden();
  }

  /** The decision, or one that says less. */
  Decision hide(
      Decision decision, Exchange exchange, ProtectedResource resource, Decision.Granted granted) {
    if (!mayReadBody(resource)
        || !(decision instanceof Decision.Denied denied)
        || !TELLING.contains(denied.why())
        || !(bodies.apply(exchange) instanceof JsonRpcBody.Calls body)
        || body.calls().stream().noneMatch(AccessPolicy::isAboutSomething)) {
      return decision;
    }
    Verdict ofEverything =
        resource.policy().judge(granted.accessToken(), clock.instant(), clockSkew);
    if (!(ofEverything instanceof Verdict.Permitted)) {
      // The same for whatever is called.
      return OperationJudge.refusal(ofEverything, resource, granted);
    }
    // Nothing can be said in the name of the application about a notification or a batch.
    Denial why = body.request().isPresent() ? Denial.HIDDEN : Denial.POLICY;
    return new Decision.Denied(why, denied.detail());
  }
}
