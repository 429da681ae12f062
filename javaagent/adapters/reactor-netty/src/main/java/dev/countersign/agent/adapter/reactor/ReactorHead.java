package dev.countersign.agent.adapter.reactor;

import dev.countersign.spi.ResponseHead;
import java.util.List;
import reactor.netty.http.server.HttpServerResponse;

/** The head of a response of Reactor Netty. */
final class ReactorHead implements ResponseHead {

  private final HttpServerResponse response;

  ReactorHead(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.status().code();
  }

  @Override
  public List<String> headers(String name) {
    return response.responseHeaders().getAll(name);
  }

  @Override
  public void headers(String name, List<String> values) {
    response.responseHeaders().set(name, values);
  }
}
