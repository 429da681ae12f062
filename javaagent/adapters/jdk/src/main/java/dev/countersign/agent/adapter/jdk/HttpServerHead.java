package dev.countersign.agent.adapter.jdk;

import com.sun.net.httpserver.HttpExchange;
import dev.countersign.spi.ResponseHead;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a response that is about to be written.
 *
 * @param exchange its exchange
 * @param status its status code
 */
record HttpServerHead(HttpExchange exchange, int status) implements ResponseHead {

  @Override
  public List<String> headers(String name) {
    return exchange.getResponseHeaders().getOrDefault(name, List.of());
  }

  @Override
  public void headers(String name, List<String> values) {
    if (values.isEmpty()) {
      exchange.getResponseHeaders().remove(name);
    } else {
      exchange.getResponseHeaders().put(name, new ArrayList<>(values));
    }
  }
}
