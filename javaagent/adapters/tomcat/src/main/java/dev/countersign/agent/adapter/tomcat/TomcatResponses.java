package dev.countersign.agent.adapter.tomcat;

import dev.countersign.agent.runtime.Call;
import dev.countersign.agent.runtime.Engine;
import dev.countersign.agent.runtime.Interceptor;
import dev.countersign.spi.Lease;
import java.util.Optional;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.ajp.AjpProcessor;
import org.apache.coyote.http11.Http11Processor;

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
    AbstractProcessor processor = call.self(AbstractProcessor.class);
    Request request = processor.getRequest();
    Response response = request.getResponse();
    CoyoteExchange exchange = new CoyoteExchange(request, response);
    if (!exchange.isAnswered()) {
      if (exchange.lease() != Lease.NONE) {
        end(processor).ifPresent(exchange.lease()::onEnd);
      }
      engine.complete(exchange, new CoyoteHead(response));
    }
    return true;
  }

  /** How a response ends from outside. */
  private static Optional<? extends Runnable> end(AbstractProcessor processor) {
    return processor instanceof Http11Processor || processor instanceof AjpProcessor
        ? ConnectionEnd.of(processor)
        : Optional.of(new StreamReset(processor));
  }
}
