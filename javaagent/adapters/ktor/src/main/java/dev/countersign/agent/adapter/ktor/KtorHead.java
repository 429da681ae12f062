package dev.countersign.agent.adapter.ktor;

import dev.countersign.spi.ResponseHead;
import io.ktor.http.HeadersBuilder;
import io.ktor.http.HttpStatusCode;
import io.ktor.server.engine.BaseApplicationResponse;
import java.util.List;
import java.util.Objects;

/**
 * The head of a response of Ktor, whose own interface for fields takes none away: behind it is what
 * the engine writes.
 */
final class KtorHead implements ResponseHead {

  // Of CIO; of Netty for HTTP/1.1, HTTP/2 and HTTP/3.
  private static final PrivateField FIELDS = new PrivateField("headersBuilder", "responseHeaders");

  private final BaseApplicationResponse response;

  KtorHead(BaseApplicationResponse response) {
    this.response = response;
  }

  /** Where the engine has the fields. */
  Object fields() {
    return FIELDS.get(response);
  }

  @Override
  public int status() {
    HttpStatusCode status = Objects.requireNonNull(response.status());
    return status.getValue();
  }

  @Override
  public List<String> headers(String name) {
    Object fields = fields();
    // With HTTP/2, Ktor's own way to them finds a name only in lower case.
    return fields instanceof HeadersBuilder
        ? List.copyOf(response.getHeaders().values(name))
        : NettyFields.values(fields, name);
  }

  @Override
  public void headers(String name, List<String> values) {
    Object fields = fields();
    if (fields instanceof HeadersBuilder builder) {
      builder.remove(name);
      builder.appendAll(name, values);
    } else {
      NettyFields.set(fields, name, values);
    }
  }
}
