package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;

/** Every response, whoever made it but the engine, before Tomcat turns its head into bytes. */
public final class TomcatResponses implements Interceptor {

  private final Engine engine;

  /**
   * An interceptor.
   *
   * @param engine the engine
   */
  public TomcatResponses(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Object intercept(Call call) {
    Request request = call.self(AbstractProcessor.class).getRequest();
    Response response = request.getResponse();
    CoyoteExchange exchange = new CoyoteExchange(request, response);
    if (!exchange.isAnswered()) {
      engine.complete(exchange, new CoyoteHead(response));
    }
    return true;
  }
}
