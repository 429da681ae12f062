package dev.countersign.agent.adapter.ktor;

import io.netty.handler.codec.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Locale;

/** The fields of a response on Netty. Not to be loaded where Netty is not. */
final class NettyFields {

  private NettyFields() {}

  /** Replaces every line of one field. */
  @SuppressWarnings("unchecked")
  static void set(Object fields, String name, List<String> values) {
    if (fields instanceof HttpHeaders lines) {
      lines.set(name, values);
    } else {
      ((Headers<CharSequence, CharSequence, ?>) fields).set(name.toLowerCase(Locale.ROOT), values);
    }
  }
}
