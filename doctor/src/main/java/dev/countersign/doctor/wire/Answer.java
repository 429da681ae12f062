package dev.countersign.doctor.wire;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What came back for a request. Immutable. */
public sealed interface Answer {

  /**
   * A response.
   *
   * @param status the status code
   * @param fields the header fields as received, names in lower case
   * @param body the content as text, UTF-8 with replacement characters, at most 1 MiB of it; of a
   *     stream of events in answer to a POST the data of the first event
   */
  record Response(int status, List<Request.Field> fields, String body) implements Answer {

    /** Copies the list. */
    public Response {
      fields = List.copyOf(fields);
    }
  }

  /**
   * No response.
   *
   * @param cause the reason in a few words
   */
  record Unreachable(String cause) implements Answer {}

  /**
   * The status.
   *
   * @return the status code; 0 without a response
   */
  default int status() {
    return this instanceof Response response ? response.status() : 0;
  }

  /**
   * The values of a header field.
   *
   * @param name its name, compared without regard to case
   * @return one for each line, in their order
   */
  default List<String> values(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return this instanceof Response response
        ? response.fields().stream()
            .filter(field -> field.name().equals(lower))
            .map(Request.Field::value)
            .toList()
        : List.of();
  }

  /**
   * The first value of a header field.
   *
   * @param name its name
   * @return empty if there is no such field
   */
  default Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /**
   * The content.
   *
   * @return the text; empty without a response
   */
  default String body() {
    return this instanceof Response response ? response.body() : "";
  }

  /**
   * The media type without parameters, in lower case.
   *
   * @return empty if there is none
   */
  default String mediaType() {
    String type = value("content-type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether this is a page for people.
   *
   * @return true for HTML by its type or by its first characters
   */
  default boolean isHtml() {
    String start = body().stripLeading().toLowerCase(Locale.ROOT);
    return mediaType().equals("text/html")
        || start.startsWith("<!doctype html")
        || start.startsWith("<html");
  }

  /**
   * Whether the answer sends the client elsewhere.
   *
   * @return true for 301, 302, 303, 307 and 308
   */
  default boolean isRedirect() {
    return List.of(301, 302, 303, 307, 308).contains(status());
  }
}
