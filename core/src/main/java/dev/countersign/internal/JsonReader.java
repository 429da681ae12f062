package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one document. Not thread-safe, used once. */
final class JsonReader {

  private final JsonTokens tokens;
  private final JsonParser parser;
  private final JsonSkipper skipper;
  private final JsonCharacters text;
  private final int maxObjects;

  private JsonReader(JsonTokens tokens, JsonCharacters text, int maxObjects) {
    this.tokens = tokens;
    this.parser = tokens.parser();
    this.skipper = new JsonSkipper(tokens);
    this.text = text;
    this.maxObjects = maxObjects;
  }

  /**
   * Reads.
   *
   * @param maxObjects in how many objects a value is at most to be made at once; an object or array
   *     in more of them is made when somebody looks at it
   */
  static Object read(byte[] utf8, Json.Limits limits, int maxObjects) throws JsonException {
    if (utf8.length > limits.maxBytes()) {
      throw new JsonException("expected at most " + limits.maxBytes() + " bytes, gave up", 0);
    }
    return read(JsonCharacters.decode(utf8), limits, maxObjects);
  }

  /** Reads an object or array that was skipped before. */
  static Object readSkipped(JsonCharacters part, Json.Limits limits) {
    try {
      return read(part, limits, 1);
    } catch (JsonException e) {
      throw new IllegalStateException("what was checked before is no JSON");
    }
  }

  private static Object read(JsonCharacters text, Json.Limits limits, int maxObjects)
      throws JsonException {
    try (JsonParser parser = text.parser()) {
      JsonTokens tokens = new JsonTokens(parser, limits, text.mayHaveSurrogates());
      Object document = new JsonReader(tokens, text, maxObjects).value(parser.nextToken(), 0, 0);
      if (parser.nextToken() != null) {
        throw tokens.fault("expected nothing behind the document");
      }
      return document;
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      throw new JsonException("expected JSON (RFC 8259)", Math.max(offset, 0));
    } catch (IOException e) {
      throw new JsonException("expected JSON (RFC 8259)", 0);
    }
  }

  private Object value(@Nullable JsonToken token, int depth, int objects)
      throws IOException, JsonException {
    return switch (tokens.value(token)) {
      case START_OBJECT -> objects < maxObjects ? object(depth, objects) : skippedObject(depth);
      case START_ARRAY -> objects < maxObjects ? array(depth, objects) : skippedArray(depth);
      case VALUE_STRING -> tokens.text();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumber.of(tokens);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Json.NULL;
      default -> throw tokens.fault("expected a value");
    };
  }

  private Map<String, Object> object(int depth, int objects) throws IOException, JsonException {
    int inside = tokens.deeper(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = tokens.name();
      if (inside == 1) {
        tokens.enter(name);
      }
      if (members.put(name, value(parser.nextToken(), inside, objects + 1)) != null) {
        throw tokens.repeated();
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private List<Object> array(int depth, int objects) throws IOException, JsonException {
    int inside = tokens.deeper(depth);
    List<Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(token, inside, objects));
    }
    return Collections.unmodifiableList(elements);
  }

  private Map<String, Object> skippedObject(int depth) throws IOException, JsonException {
    int start = start();
    skipper.object(depth);
    return new SkippedObject(text.part(start, end()), tokens.limits());
  }

  private List<Object> skippedArray(int depth) throws IOException, JsonException {
    int start = start();
    skipper.array(depth);
    return new SkippedArray(text.part(start, end()), tokens.limits());
  }

  private int start() {
    return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
  }

  private int end() {
    return Math.toIntExact(parser.currentLocation().getCharOffset());
  }
}
