package dev.countersign.agent.adapter.micronaut;

import dev.countersign.spi.ResponseHead;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;

/** The head of a response on its way out. */
final class MicronautHead implements ResponseHead {

  private final HttpResponse response;

  MicronautHead(HttpResponse response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.status().code();
  }

  @Override
  public List<String> headers(String name) {
    return response.headers().getAll(name);
  }

  @Override
  public void headers(String name, List<String> values) {
    response.headers().set(name, values);
  }
}
