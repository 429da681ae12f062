package dev.countersign.internal;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A form (application/x-www-form-urlencoded) that asks a server for a small document. Immutable.
 *
 * @param uri where it goes
 * @param accept the one media type that the answer may have, in lower case
 * @param parameters the form, in its order, not yet encoded
 * @param fields further header fields, credentials for instance
 */
public record FormRequest(
    URI uri, String accept, Map<String, String> parameters, Map<String, String> fields) {

  /** Copies the maps. */
  public FormRequest {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    fields = Map.copyOf(fields);
  }

  /**
   * The form as it is sent.
   *
   * @return every name and every value encoded once, as HTML says (RFC 6749 appendix B)
   */
  public String body() {
    return parameters.entrySet().stream()
        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
        .collect(Collectors.joining("&"));
  }

  /**
   * Encodes one name or value.
   *
   * @param text any text
   * @return ASCII without ampersand, equals sign and colon
   */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Prints nothing of what is sent. */
  @Override
  public String toString() {
    return "FormRequest[" + uri + ", " + parameters.size() + " parameters]";
  }
}
