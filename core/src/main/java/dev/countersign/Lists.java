package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.config.ResourceServerConfig;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.mcp.ListFilter;
import dev.countersign.mcp.SingleRequest;
import dev.countersign.oauth.AccessToken;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.BodyFilter;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.JsonRpcCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Has the lists of the application filtered, where that is configured. What a list leaves out is
 * refused all the same when it is used.
 */
final class Lists {

  // No response to these has a list in it.
  private static final Set<String> WITHOUT_LIST = Set.of("HEAD", "DELETE", "OPTIONS", "TRACE");

  private final Function<Exchange, JsonRpcBody> bodies;
  private final int maxBodySize;
  private final InstantSource clock;
  private final Duration clockSkew;

  Lists(ResourceServerConfig config, Function<Exchange, JsonRpcBody> bodies) {
    this.bodies = bodies;
    this.maxBodySize = config.maxBodySize();
    this.clock = config.clock();
    this.clockSkew = config.clockSkew();
  }

  /**
   * What becomes of an exchange that is to be admitted.
   *
   * @param exchange whose body was read, or can be
   */
  Judgement filtered(Judgement judgement, Exchange exchange, ProtectedResource resource) {
    boolean plain =
        judgement.decision() instanceof Decision.Granted && !resource.policy().needsCalls();
    if (!resource.visibility().listsFiltered()
        || plain
        || WITHOUT_LIST.contains(exchange.method())) {
      return judgement;
    }
    Predicate<JsonRpcCall> visible = visible(judgement.decision(), resource);
    if (exchange.method().equals("GET")) {
      return with(ListFilter.ofStream(visible, maxBodySize), judgement, exchange);
    }
    JsonRpcBody body = bodies.apply(exchange);
    if (body instanceof JsonRpcBody.Refused refused) {
      return denied(refused.why(), judgement);
    }
    List<JsonRpcCall> calls = ((JsonRpcBody.Calls) body).calls();
    if (calls.stream().noneMatch(call -> ListFilter.isList(call.method()))) {
      return judgement;
    }
    Optional<SingleRequest> request = body.request();
    // Of a batch, or without an identifier, nobody knows which answer is the list.
    return request.isEmpty()
        ? denied(Denial.BODY_NO_MESSAGE, judgement)
        : with(list(request.get(), visible), judgement, exchange);
  }

  private BodyFilter list(SingleRequest request, Predicate<JsonRpcCall> visible) {
    return ListFilter.ofList(request.call().method(), request.id(), visible, maxBodySize);
  }

  private static Judgement with(BodyFilter filter, Judgement judgement, Exchange exchange) {
    return exchange.filtersBodies()
        ? judgement.with(filter)
        : denied(Denial.LIST_UNFILTERED, judgement);
  }

  private static Judgement denied(Denial why, Judgement judgement) {
    return new Judgement(new Decision.Denied(why, ""), judgement.fields());
  }

  // Without a token only what is public can be used.
  private Predicate<JsonRpcCall> visible(Decision decision, ProtectedResource resource) {
    Optional<AccessToken> token =
        decision instanceof Decision.Granted granted
            ? Optional.of(granted.accessToken())
            : Optional.empty();
    return call ->
        resource.publicCalls().coverAll(List.of(call))
            || token
                .filter(one -> resource.policy().shows(one, call, clock.instant(), clockSkew))
                .isPresent();
  }
}
