package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;

/** Every response, whoever made it but the engine, before Liberty turns its head into bytes. */
public final class LibertyResponses implements Interceptor {

  private final Dispatch.Methods methods = new Dispatch.Methods();
  private final Engine engine;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public LibertyResponses(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    methods.of(call.self(Object.class)).ifPresent(this::complete);
    return true;
  }

  private void complete(Dispatch dispatch) {
    LibertyExchange exchange = new LibertyExchange(dispatch);
    if (!exchange.isAnswered()) {
      engine.complete(exchange, new LibertyHead(dispatch));
    }
  }
}
