package dev.countersign.agent.adapter.reactor;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

/** Gives a body that was read for a decision to whoever reads the request, in whatever form. */
public final class ReactorReplay implements Interceptor {

  /**
   * A replay.
   *
   * @param engine the engine
   */
  public ReactorReplay(Engine engine) {
    // Nothing is decided here.
  }

  @Override
  public @Nullable Object intercept(Call call) {
    return Replay.of(call.self(ChannelOperations.class)).orElse(null);
  }
}
