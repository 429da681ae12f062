package dev.countersign.agent.adapter.undertow;

import dev.countersign.spi.ResponseHead;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.List;

/** The head of a response that is about to be written. */
final class UndertowHead implements ResponseHead {

  private final HttpServerExchange exchange;

  UndertowHead(HttpServerExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public int status() {
    return exchange.getStatusCode();
  }

  @Override
  public List<String> headers(String name) {
    return UndertowExchange.values(exchange.getResponseHeaders(), name);
  }

  @Override
  public void headers(String name, List<String> values) {
    HeaderMap all = exchange.getResponseHeaders();
    all.remove(name);
    values.forEach(value -> all.add(new HttpString(name), value));
  }
}
