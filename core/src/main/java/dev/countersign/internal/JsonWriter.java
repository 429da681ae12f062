package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

/** Writes maps and lists. */
final class JsonWriter {

  private JsonWriter() {}

  static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> members) {
      object(out, members);
    } else if (value instanceof Collection<?> elements) {
      array(out, elements);
    } else if (value instanceof String text) {
      out.writeString(text);
    } else {
      literal(out, value);
    }
  }

  private static void object(JsonGenerator out, Map<?, ?> members) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!(member.getKey() instanceof String name)) {
        throw new IllegalArgumentException("a member name must be a string");
      }
      out.writeFieldName(name);
      write(out, member.getValue());
    }
    out.writeEndObject();
  }

  private static void array(JsonGenerator out, Collection<?> elements) throws IOException {
    out.writeStartArray();
    for (Object element : elements) {
      write(out, element);
    }
    out.writeEndArray();
  }

  private static void literal(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Boolean literal) {
      out.writeBoolean(literal);
    } else if (value instanceof Long || value instanceof Integer) {
      out.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(number);
    } else if (value.equals(Json.NULL)) {
      out.writeNull();
    } else {
      throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
    }
  }
}
