package dev.countersign.agent.adapter.liberty;

import dev.countersign.agent.runtime.Engine;
import java.io.IOException;

/** What an application does with one request, behind the engine. */
final class GuardedDispatch implements Runnable {

  private final Engine engine;
  private final LibertyExchange exchange;
  private final Runnable application;

  GuardedDispatch(Engine engine, LibertyExchange exchange, Runnable application) {
    this.engine = engine;
    this.exchange = exchange;
    this.application = application;
  }

  @Override
  public void run() {
    if (isAdmitted(engine, exchange)) {
      application.run();
    }
  }

  /** Asks; what is not admitted has its answer afterwards, or its connection ends. */
  static boolean isAdmitted(Engine engine, LibertyExchange exchange) {
    boolean admitted;
    exchange.begin();
    try {
      admitted = engine.admit(exchange);
    } catch (IOException | RuntimeException e) {
      exchange.finish(e);
      return false;
    }
    if (!admitted) {
      exchange.finish(null);
    }
    return admitted;
  }
}
