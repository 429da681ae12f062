package dev.countersign.agent.adapter.netty;

import dev.countersign.spi.ResponseHead;
import io.netty.handler.codec.http.HttpResponse;
import java.util.List;

/** The head of a response on its way out. */
public final class NettyHead implements ResponseHead {

  private final HttpResponse response;

  /**
   * A head.
   *
   * @param response of whom
   */
  public NettyHead(HttpResponse response) {
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
