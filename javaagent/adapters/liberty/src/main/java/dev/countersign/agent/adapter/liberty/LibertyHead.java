package dev.countersign.agent.adapter.liberty;

import dev.countersign.spi.ResponseHead;
import java.util.List;

/** The head of a response that is about to be written. */
final class LibertyHead implements ResponseHead {

  private final Dispatch dispatch;

  LibertyHead(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  @Override
  public int status() {
    return dispatch.status();
  }

  @Override
  public List<String> headers(String name) {
    return dispatch.responseHeaders(name);
  }

  @Override
  public void headers(String name, List<String> values) {
    dispatch.removeHeader(name);
    values.forEach(value -> dispatch.addHeader(name, value));
  }
}
