package dev.countersign.agent.adapter.micronaut;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Tells the application who has made a request, as soon as it is one of the application's. */
public final class MicronautUser implements Interceptor {

  /**
   * Of any engine.
   *
   * @param engine the engine
   */
  public MicronautUser(Engine engine) {
    // Nothing is decided here.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    NettyHttpRequest<?> made = call.self(NettyHttpRequest.class);
    Admitted.of(made.getChannelHandlerContext().channel(), call.argument(0, HttpRequest.class))
        .ifPresent(admitted -> admitted.mark(made));
    return null;
  }
}
