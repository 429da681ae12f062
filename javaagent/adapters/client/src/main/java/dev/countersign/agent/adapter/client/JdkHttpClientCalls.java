package dev.countersign.agent.adapter.client;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.agent.runtime.OutgoingCall;
import dev.countersign.agent.runtime.OutgoingCalls;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What {@code java.net.http} sends, WebSocket handshakes too. */
public final class JdkHttpClientCalls implements Interceptor {

  private final OutgoingCalls outgoing;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public JdkHttpClientCalls(Engine engine) {
    this.outgoing = engine.outgoing();
  }

  // Callers wait for a future, and would not expect an exception from here.
  @Override
  public @Nullable Object intercept(Call call) {
    HttpRequest request = call.argument(0, HttpRequest.class);
    try {
      outgoing.check("java.net.http.HttpClient", () -> read(request));
      return null;
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static OutgoingCall read(HttpRequest request) {
    return OutgoingCall.to(
        request.uri(), request.headers().map().values().stream().flatMap(List::stream).toList());
  }
}
