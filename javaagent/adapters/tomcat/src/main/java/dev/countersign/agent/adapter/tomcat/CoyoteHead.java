package dev.countersign.agent.adapter.tomcat;

import dev.countersign.spi.ResponseHead;
import java.util.List;
import org.apache.coyote.Response;
import org.apache.tomcat.util.http.MimeHeaders;

/** The head of a response that is about to be written. */
final class CoyoteHead implements ResponseHead {

  private static final long UNKNOWN = -1;

  private final Response response;

  CoyoteHead(Response response) {
    this.response = response;
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  // Tomcat keeps type and length elsewhere until it writes the head.
  @Override
  public List<String> headers(String name) {
    if (name.equalsIgnoreCase("Content-Type") && response.getContentType() != null) {
      return List.of(response.getContentType());
    }
    return CoyoteExchange.values(response.getMimeHeaders(), name);
  }

  @Override
  public void headers(String name, List<String> values) {
    MimeHeaders all = response.getMimeHeaders();
    all.removeHeader(name);
    if (name.equalsIgnoreCase("Content-Length")) {
      response.setContentLength(values.isEmpty() ? UNKNOWN : Long.parseLong(values.get(0)));
      return;
    }
    if (name.equalsIgnoreCase("Content-Type") && !values.isEmpty()) {
      response.setContentType(values.get(0));
      return;
    }
    values.forEach(value -> all.addValue(name).setString(value));
  }
}
