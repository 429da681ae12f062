package dev.countersign.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A response as it came over the wire. Immutable. */
public final class RawResponse {

  private final int status;
  private final List<String> fieldLines;
  private final List<Integer> interim;
  private final byte[] body;

  RawResponse(int status, List<String> fieldLines, List<Integer> interim, byte[] body) {
    this.status = status;
    this.fieldLines = List.copyOf(fieldLines);
    this.interim = List.copyOf(interim);
    this.body = body;
  }

  /**
   * The status code.
   *
   * @return 200 to 599
   */
  public int status() {
    return status;
  }

  /**
   * The status codes of the interim responses before this one.
   *
   * @return 100 to 199 each; usually empty
   */
  public List<Integer> interim() {
    return interim;
  }

  /**
   * The physical lines of the header section.
   *
   * @return each line as received, without its line break
   */
  public List<String> fieldLines() {
    return fieldLines;
  }

  /**
   * The values of every line of one field.
   *
   * @param name the field name, compared without regard to case
   * @return the values in their order, without white space around them
   */
  public List<String> values(String name) {
    return fieldLines.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  /**
   * The value of a field that occurs at most once.
   *
   * @param name the field name, compared without regard to case
   * @return empty if there is no such line
   * @throws AssertionError if there is more than one
   */
  public Optional<String> value(String name) {
    List<String> all = values(name);
    if (all.size() > 1) {
      throw new AssertionError(name + " occurs " + all.size() + " times: " + all);
    }
    return all.stream().findFirst();
  }

  /**
   * The body, chunks joined.
   *
   * @return the bytes
   */
  public byte[] bytes() {
    return body.clone();
  }

  /**
   * The body as UTF-8.
   *
   * @return the text
   */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * The body as a JSON object (RFC 8259).
   *
   * @return the members; objects are maps, arrays are lists
   * @throws AssertionError if it is not strict UTF-8, has a byte order mark, is no JSON object, has
   *     a member twice, or anything follows the object
   */
  public Map<String, Object> json() {
    return StrictJson.object(body);
  }

  /**
   * Prints everything, to be read in a failed test.
   *
   * @return status, header section and body
   */
  @Override
  public String toString() {
    return status + "\n" + String.join("\n", fieldLines) + "\n\n" + text();
  }
}
