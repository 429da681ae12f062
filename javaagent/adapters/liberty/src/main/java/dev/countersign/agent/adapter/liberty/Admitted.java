package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.oauth.AccessToken;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token of a servlet's request. By reflection, for the reason that {@link Dispatch}
 * gives.
 */
final class Admitted {

  /** Where it lies in the state of the connection. */
  static final String KEY = "dev.countersign.token";

  private final Operation request =
      Operation.of("ws.webcontainer.srt.SRTServletRequest", "getIRequest");
  private final Operation inbound =
      Operation.of(
          "websphere.servlet.request.extended.IRequestExtended", "getHttpInboundConnection");
  private final Operation connection =
      Operation.of("wsspi.http.ee7.HttpInboundConnectionExtended", "getVC");
  private final Operation state = Operation.of("wsspi.channelfw.VirtualConnection", "getStateMap");

  /** The token with which the request was admitted, while it is being answered. */
  Optional<AccessToken> token(Call call) {
    @Nullable Object received = request.on(call.self(Object.class));
    @Nullable Object from = inbound.isOf(received) ? inbound.on(received) : null;
    if (!connection.isOf(from)) {
      return Optional.empty();
    }
    Object known = Objects.requireNonNull(state.on(connection.on(from)));
    return ((Map<?, ?>) known).get(KEY) instanceof AccessToken token
        ? Optional.of(token)
        : Optional.empty();
  }
}
