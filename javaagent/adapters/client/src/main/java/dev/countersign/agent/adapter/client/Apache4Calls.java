package dev.countersign.agent.adapter.client;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.OutgoingCall;
import dev.countersign.agent.runtime.OutgoingCalls;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.http.Header;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What Apache HttpClient 4 sends, in both of its forms. */
public final class Apache4Calls implements Interceptor {

  private final OutgoingCalls outgoing;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public Apache4Calls(Engine engine) {
    this.outgoing = engine.outgoing();
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    HttpRequest request = call.argument(0, HttpRequest.class);
    outgoing.check("Apache HttpClient 4", () -> read(request));
    return null;
  }

  private static OutgoingCall read(HttpRequest request) {
    Header host = request.getFirstHeader("Host");
    return OutgoingCall.of(
        host == null ? null : host.getValue(),
        request.getRequestLine().getUri(),
        Arrays.stream(request.getAllHeaders())
            .map(Header::getValue)
            .filter(Objects::nonNull)
            .toList());
  }
}
