package dev.countersign.agent.adapter.jetty12;

import dev.countersign.spi.ResponseHead;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;

/** The head of a response that leaves. Its fields are fixed, so a change makes another head. */
final class MetaDataHead implements ResponseHead {

  private static final long UNKNOWN = -1;

  private MetaData.Response response;

  MetaDataHead(MetaData.Response response) {
    this.response = response;
  }

  /** The head with the changes; the same object if there were none. */
  MetaData.Response response() {
    return response;
  }

  @Override
  public int status() {
    return response.getStatus();
  }

  @Override
  public List<String> headers(String name) {
    return response.getHttpFields().getValuesList(name);
  }

  @Override
  public void headers(String name, List<String> values) {
    HttpFields.Mutable fields = HttpFields.build(response.getHttpFields());
    fields.remove(name);
    values.forEach(value -> fields.add(name, value));
    response =
        new MetaData.Response(
            response.getStatus(),
            response.getReason(),
            response.getHttpVersion(),
            fields,
            length(name, values),
            response.getTrailersSupplier());
  }

  // What is written between the fields and the body goes by this number, not by the field.
  private long length(String name, List<String> values) {
    if (!HttpHeader.CONTENT_LENGTH.is(name)) {
      return response.getContentLength();
    }
    return values.isEmpty() ? UNKNOWN : Long.parseLong(values.get(0));
  }
}
