package dev.countersign.doctor.wire;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A request of the doctor, none of which changes anything on a server that refuses calls without a
 * token. Two equal requests are sent once. Immutable.
 *
 * @param method the method
 * @param url where it goes
 * @param fields the header fields in their order
 * @param body the content; empty for none
 */
public record Request(String method, URI url, List<Field> fields, String body) {

  private static final List<String> SECRET = List.of("authorization", "dpop");

  /**
   * One header field, as it is or as it was received: unlike a field line that we would write
   * ourselves it may hold anything.
   *
   * @param name the name
   * @param value the value
   */
  public record Field(String name, String value) {}

  /** Copies the list. */
  public Request {
    fields = List.copyOf(fields);
  }

  /**
   * A request without content.
   *
   * @param method the method
   * @param url where it goes
   * @return the request, which takes anything for an answer
   */
  public static Request of(String method, URI url) {
    return new Request(method, url, List.of(), "");
  }

  /**
   * The same request with one more field.
   *
   * @param name the name
   * @param value the value
   * @return a new request
   */
  public Request with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Request(method, url, more, body);
  }

  /**
   * The same request with content.
   *
   * @param type its media type
   * @param content the content
   * @return a new request
   */
  public Request withBody(String type, String content) {
    Request typed = with("Content-Type", type);
    return new Request(method, url, typed.fields, content);
  }

  /**
   * The request as a reader sees it in a report: credentials are left out.
   *
   * @return the lines of its head
   */
  @Override
  public String toString() {
    return method
        + " "
        + url.toString().replaceAll("access_token=[^&]*", "access_token=(not shown)")
        + fields.stream()
            .map(
                field ->
                    "\n"
                        + field.name()
                        + ": "
                        + (SECRET.contains(field.name().toLowerCase(Locale.ROOT))
                            ? "(not shown)"
                            : field.value()))
            .collect(Collectors.joining());
  }
}
