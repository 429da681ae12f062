package dev.countersign.mcpsdk;

import dev.countersign.oauth.AccessToken;
import dev.countersign.servlet.AccessTokens;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpTransportContextExtractor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;

/**
 * The access token in the {@code McpTransportContext} of the MCP Java SDK, which follows a request
 * to the thread of its tool, its prompt or its resource.
 *
 * <pre>
 * HttpServletStreamableServerTransportProvider.builder()
 *     .contextExtractor(TransportAccessToken.extractor())
 *
 * CallToolResult whoami(McpSyncServerExchange exchange, CallToolRequest call) {
 *   AccessToken token = TransportAccessToken.current(exchange.transportContext());
 * </pre>
 *
 * <p>In an asynchronous server the context is the same, and also in the context of Reactor under
 * {@code McpTransportContext.KEY}. It belongs to one request, not to a session: each request of a
 * session has the token that it came with.
 *
 * <p>For SDK 1.0 and 2.x, behind the {@link dev.countersign.servlet.ResourceServerFilter}.
 * Thread-safe.
 */
public final class TransportAccessToken {

  /**
   * The key of the {@link AccessToken} in the context, for an extractor of your own that keeps more
   * in it; without a token there is no such key.
   */
  public static final String KEY = "dev.countersign.oauth.AccessToken";

  private TransportAccessToken() {}

  /**
   * What makes the context of a request.
   *
   * @return an extractor for every servlet transport of the SDK
   */
  public static McpTransportContextExtractor<HttpServletRequest> extractor() {
    return request ->
        AccessTokens.find(request)
            .map(token -> McpTransportContext.create(Map.of(KEY, token)))
            .orElse(McpTransportContext.EMPTY);
  }

  /**
   * The token.
   *
   * @param context the context of the exchange
   * @return the token of the request
   * @throws IllegalStateException if there is none: the request was admitted without one, or
   *     another extractor made the context
   */
  public static AccessToken current(McpTransportContext context) {
    return find(context)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the transport context has no access token: make the transport with"
                        + " contextExtractor(TransportAccessToken.extractor()), behind the"
                        + " ResourceServerFilter"));
  }

  /**
   * The token, where there may be none.
   *
   * @param context the context of the exchange
   * @return empty if the request was admitted without a token
   */
  public static Optional<AccessToken> find(McpTransportContext context) {
    return context.get(KEY) instanceof AccessToken token ? Optional.of(token) : Optional.empty();
  }
}
