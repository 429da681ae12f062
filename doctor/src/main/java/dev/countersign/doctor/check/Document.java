package dev.countersign.doctor.check;

import dev.countersign.doctor.wire.Answer;
import dev.countersign.internal.Json;
import dev.countersign.internal.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object that was fetched with status 200. Immutable.
 *
 * @param url where it was fetched
 * @param answer the answer that holds it
 * @param members its members
 */
public record Document(String url, Answer answer, Map<String, Object> members) {

  /**
   * Reads an answer.
   *
   * @param url where it was fetched
   * @param answer the answer
   * @return empty if it is not a JSON object with status 200
   */
  public static Optional<Document> of(String url, Answer answer) {
    return answer.status() == 200
        ? read(answer.body()).map(members -> new Document(url, answer, members))
        : Optional.empty();
  }

  /**
   * Reads a text.
   *
   * @param text the text
   * @return the members; empty if it is not one JSON object
   */
  public static Optional<Map<String, Object>> read(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    try {
      return Optional.of(
          Json.readObject(content, new Json.Limits(content.length, 32, 100_000, 100)));
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  /**
   * A member that is a string.
   *
   * @param name its name
   * @return empty if it is missing or no string
   */
  public Optional<String> text(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * A member that is an array of strings.
   *
   * @param name its name
   * @return the strings; empty if it is missing or no array; what is no string is left out
   */
  public List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
