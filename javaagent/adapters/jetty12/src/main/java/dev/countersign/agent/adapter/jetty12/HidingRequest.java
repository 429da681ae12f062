package dev.countersign.agent.adapter.jetty12;

import dev.countersign.http.FieldNames;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** A request without some of its fields. */
final class HidingRequest extends Request.Wrapper {

  private final HttpFields shown;

  HidingRequest(Request request, FieldNames hidden) {
    super(request);
    HttpFields.Mutable fields = HttpFields.build(request.getHeaders());
    hidden.forEach(fields::remove);
    this.shown = fields.asImmutable();
  }

  @Override
  public HttpFields getHeaders() {
    return shown;
  }
}
