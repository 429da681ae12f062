package dev.countersign.agent.adapter.netty;

import dev.countersign.http.FieldNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Takes fields out of a request. */
public final class HiddenFields {

  private HiddenFields() {}

  /**
   * From here on a request has no line of these fields. Of the many names that may be hidden a
   * request has one or two, so it is the few lines of the request that are looked through.
   *
   * @param fields of the request
   * @param names of the fields
   */
  public static void hide(HttpHeaders fields, FieldNames names) {
    List<String> found = new ArrayList<>(1);
    Iterator<Map.Entry<CharSequence, CharSequence>> lines = fields.iteratorCharSequence();
    while (lines.hasNext()) {
      CharSequence name = lines.next().getKey();
      for (String one : names.ofLength(name.length())) {
        if (AsciiString.contentEqualsIgnoreCase(one, name)) {
          found.add(one);
        }
      }
    }
    found.forEach(fields::remove);
  }
}
