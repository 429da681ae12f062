package dev.countersign;

import dev.countersign.config.ProtectedResource;
import dev.countersign.mcp.JsonRpcBody;
import dev.countersign.oauth.Decision;
import dev.countersign.oauth.Denial;
import dev.countersign.spi.Exchange;
import java.util.Optional;
import java.util.Set;

/**
 * Lets calls pass that the configuration lists as public, if no credentials at all came with them.
 * Holds at the path of the resource only: on another path the same body could mean something else.
 */
final class MixedMode {

  private static final Decision NOT_PUBLIC = new Decision.Denied(Denial.METHOD_NOT_PUBLIC, "");

  // A client that is answered 401 here logs in, although it may not have to (a stream is optional).
  private static final Set<String> OF_STREAMS = Set.of("GET", "HEAD", "DELETE");

  private final OperationJudge operations;

  MixedMode(OperationJudge operations) {
    this.operations = operations;
  }

  /**
   * What is decided about an exchange without a token.
   *
   * @return empty if it is answered as everywhere else
   */
  Optional<Decision> decide(Exchange exchange, ProtectedResource resource) {
    if (!holdsFor(exchange, resource)) {
      return Optional.empty();
    }
    if (OF_STREAMS.contains(exchange.method())) {
      return Optional.of(NOT_PUBLIC);
    }
    return exchange.method().equals("POST") ? call(exchange, resource) : Optional.empty();
  }

  /** Whether the decision may need the body. */
  boolean readsBody(Exchange exchange, ProtectedResource resource) {
    return holdsFor(exchange, resource) && exchange.method().equals("POST");
  }

  static boolean holdsFor(Exchange exchange, ProtectedResource resource) {
    return !resource.publicCalls().isEmpty()
        && exchange.headers("Authorization").isEmpty()
        && trimmed(exchange.path()).equals(trimmed(resource.identifier().path()));
  }

  // What cannot be read is not public; the client learns no more than that it needs a token. But
  // for want of memory nobody has to log in.
  private Optional<Decision> call(Exchange exchange, ProtectedResource resource) {
    JsonRpcBody body = operations.body(exchange);
    if (body instanceof JsonRpcBody.Refused refused) {
      return Optional.of(refused.why())
          .filter(why -> why == Denial.BODY_MEMORY)
          .map(why -> new Decision.Denied(why, ""));
    }
    return resource.publicCalls().coverAll(((JsonRpcBody.Calls) body).calls())
        ? Optional.of(new Decision.Open())
        : Optional.empty();
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
