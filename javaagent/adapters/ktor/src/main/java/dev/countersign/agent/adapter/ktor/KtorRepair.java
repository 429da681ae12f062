package dev.countersign.agent.adapter.ktor;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import io.ktor.server.engine.BaseApplicationResponse;
import org.jspecify.annotations.Nullable;

/** Every response, when its fields are complete and none has been written. */
public final class KtorRepair implements Interceptor {

  private final Engine engine;

  /**
   * A repair.
   *
   * @param engine the engine
   */
  public KtorRepair(Engine engine) {
    this.engine = engine;
  }

  @Override
  public @Nullable Object intercept(Call call) {
    BaseApplicationResponse response = call.self(BaseApplicationResponse.class);
    KtorExchange.of(response.getCall())
        .filter(exchange -> !exchange.isAnswered())
        .ifPresent(exchange -> complete(exchange, new KtorHead(response)));
    return null;
  }

  private void complete(KtorExchange exchange, KtorHead head) {
    engine.complete(exchange, head);
    exchange.filter(head);
  }
}
