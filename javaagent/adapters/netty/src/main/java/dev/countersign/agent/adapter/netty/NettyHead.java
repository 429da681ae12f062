package dev.countersign.agent.adapter.netty;

import dev.countersign.spi.ResponseHead;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/** The head of a response on its way out. */
public final class NettyHead implements ResponseHead {

  private final HttpResponseStatus status;
  private final HttpHeaders fields;

  /**
   * A head.
   *
   * @param status as it stands
   * @param fields which can be changed
   */
  public NettyHead(HttpResponseStatus status, HttpHeaders fields) {
    this.status = status;
    this.fields = fields;
  }

  /**
   * The head of a response.
   *
   * @param response which can be changed
   * @return its head
   */
  public static NettyHead of(HttpResponse response) {
    return new NettyHead(response.status(), response.headers());
  }

  @Override
  public int status() {
    return status.code();
  }

  @Override
  public List<String> headers(String name) {
    return fields.getAll(name);
  }

  @Override
  public void headers(String name, List<String> values) {
    fields.set(name, values);
  }
}
