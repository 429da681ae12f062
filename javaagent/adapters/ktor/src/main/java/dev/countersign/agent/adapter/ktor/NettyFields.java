package dev.countersign.agent.adapter.ktor;

import io.netty.handler.codec.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/** The fields of a response on Netty. Not to be loaded where Netty is not. */
final class NettyFields {

  private NettyFields() {}

  /** Every line of one field. */
  static List<String> values(Object fields, String name) {
    return fields instanceof HttpHeaders lines
        ? lines.getAll(name)
        : http2(fields).getAll(name.toLowerCase(Locale.ROOT)).stream()
            .map(CharSequence::toString)
            .toList();
  }

  @SuppressWarnings("unchecked")
  private static Headers<CharSequence, CharSequence, ?> http2(Object fields) {
    return (Headers<CharSequence, CharSequence, ?>) fields;
  }

  /** Replaces every line of one field. */
  static void set(Object fields, String name, List<String> values) {
    if (fields instanceof HttpHeaders lines) {
      lines.set(name, values);
    } else {
      http2(fields).set(name.toLowerCase(Locale.ROOT), values);
    }
  }
}
