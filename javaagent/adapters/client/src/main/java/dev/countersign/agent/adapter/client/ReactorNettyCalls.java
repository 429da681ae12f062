package dev.countersign.agent.adapter.client;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.OutgoingCall;
import dev.countersign.agent.runtime.OutgoingCalls;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientRequest;

/** What Reactor Netty sends, and Spring's WebClient over it. */
public final class ReactorNettyCalls implements Interceptor {

  private final OutgoingCalls outgoing;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public ReactorNettyCalls(Engine engine) {
    this.outgoing = engine.outgoing();
  }

  @Override
  public @Nullable Object intercept(Call call) throws IOException {
    HttpClientRequest request = call.self(HttpClientRequest.class);
    outgoing.check("Reactor Netty", () -> read(request));
    return null;
  }

  private static OutgoingCall read(HttpClientRequest request) {
    HttpHeaders headers = request.requestHeaders();
    return OutgoingCall.of(
        headers.get("Host"),
        request.uri(),
        headers.entries().stream().map(Map.Entry::getValue).toList());
  }
}
