package dev.countersign.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A complete response as data: what an attachment has to write, and nothing else. Immutable.
 *
 * <p>The field lines are complete, {@code Content-Length} included; they are written in their order
 * and as they are. A response to HEAD has the {@code Content-Length} of the response to GET and an
 * empty body (RFC 9110 section 9.3.2).
 *
 * @param status the status code, 200 to 599
 * @param fields the field lines, in the order in which they are written
 * @param body the content, written as UTF-8; empty for none
 */
public record Response(int status, List<FieldLine> fields, String body) {

  /**
   * Checks the status and copies the list.
   *
   * @throws IllegalArgumentException if the status is not a final one
   */
  public Response {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status is " + status + ", expected 200 to 599");
    }
    fields = List.copyOf(fields);
  }

  /**
   * A response without content.
   *
   * @param status the status code, 200 to 599
   * @param fields further field lines
   * @return the response; {@code Content-Length: 0} is added unless the status is 204 or 304
   */
  public static Response empty(int status, List<FieldLine> fields) {
    if (status == 204 || status == 304) {
      return new Response(status, fields, "");
    }
    return new Response(status, with(fields, new FieldLine("Content-Length", "0")), "");
  }

  /**
   * A response with a JSON document.
   *
   * @param status the status code, 200 to 599
   * @param fields further field lines
   * @param json the document
   * @return the response with {@code Content-Type: application/json} and {@code Content-Length}
   */
  public static Response json(int status, List<FieldLine> fields, String json) {
    List<FieldLine> all = new ArrayList<>(fields);
    all.add(new FieldLine("Content-Type", "application/json"));
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    all.add(new FieldLine("Content-Length", Integer.toString(length)));
    return new Response(status, all, json);
  }

  /**
   * The same response as an answer to HEAD.
   *
   * @return the same status and fields, without the body
   */
  public Response withoutBody() {
    return body.isEmpty() ? this : new Response(status, fields, "");
  }

  /**
   * The same response with more field lines behind those it has.
   *
   * @param more the field lines to add
   * @return this response if there is nothing to add
   */
  public Response with(List<FieldLine> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<FieldLine> all = new ArrayList<>(fields);
    all.addAll(more);
    return new Response(status, all, body);
  }

  /**
   * The values of every line of one field.
   *
   * @param name the field name, compared without regard to case
   * @return the values in their order; empty if there is no such line
   */
  public List<String> values(String name) {
    return fields.stream()
        .filter(line -> line.name().equalsIgnoreCase(name))
        .map(FieldLine::value)
        .toList();
  }

  private static List<FieldLine> with(List<FieldLine> fields, FieldLine line) {
    List<FieldLine> all = new ArrayList<>(fields);
    all.add(line);
    return all;
  }
}
