package dev.countersign.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that the fake authorization server received. Immutable.
 *
 * @param method the method
 * @param path the raw path, without query
 * @param query the raw query; empty if there is none
 * @param fieldLines the lines of the header section
 * @param body the body, as UTF-8
 */
public record ReceivedRequest(
    String method, String path, String query, List<String> fieldLines, String body) {

  /** Copies the list. */
  public ReceivedRequest {
    fieldLines = List.copyOf(fieldLines);
  }

  static ReceivedRequest read(InputStream in) throws IOException {
    String[] line = readLine(in).split(" ", 3);
    if (line.length < 3) {
      throw new IOException("expected a request line");
    }
    List<String> fields = new ArrayList<>();
    for (String next = readLine(in); !next.isEmpty(); next = readLine(in)) {
      fields.add(next);
    }
    String[] target = (line[1] + "?").split("\\?", -1);
    String body = new String(in.readNBytes(contentLength(fields)), StandardCharsets.UTF_8);
    return new ReceivedRequest(line[0], target[0], target[1], fields, body);
  }

  private static int contentLength(List<String> fields) {
    // Who expects 100 is answered at once, and sends no body (RFC 9110 section 10.1.1).
    if (!values(fields, "Expect").isEmpty()) {
      return 0;
    }
    return values(fields, "Content-Length").stream()
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }

  /**
   * The values of every line of one field.
   *
   * @param name the field name, compared without regard to case
   * @return the values in their order
   */
  public List<String> values(String name) {
    return values(fieldLines, name);
  }

  private static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the client ended the connection");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
