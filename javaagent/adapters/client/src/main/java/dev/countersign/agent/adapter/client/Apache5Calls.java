package dev.countersign.agent.adapter.client;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.OutgoingCall;
import dev.countersign.agent.runtime.OutgoingCalls;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** What Apache HttpClient 5 sends, in both of its forms. */
public final class Apache5Calls implements Interceptor {

  private final OutgoingCalls outgoing;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public Apache5Calls(Engine engine) {
    this.outgoing = engine.outgoing();
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    HttpRequest request = call.argument(0, HttpRequest.class);
    outgoing.check("Apache HttpClient 5", () -> read(request));
    return null;
  }

  private static OutgoingCall read(HttpRequest request) {
    return OutgoingCall.of(
        host(request.getAuthority()),
        request.getRequestUri(),
        Arrays.stream(request.getHeaders())
            .map(Header::getValue)
            .filter(Objects::nonNull)
            .toList());
  }

  // As text it could have a user with a password in front.
  private static @Nullable String host(@Nullable URIAuthority authority) {
    if (authority == null) {
      return null;
    }
    return authority.getPort() < 0
        ? authority.getHostName()
        : authority.getHostName() + ":" + authority.getPort();
  }
}
