package dev.countersign.internal;

import dev.countersign.internal.JsonException.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one document. Not thread-safe, used once. */
final class JsonReader {

  private final JsonCursor cursor;
  private final JsonText text;
  private final JsonNumber number;
  private final JsonSkipper skipper;
  private final int maxObjects;

  private JsonReader(JsonCursor cursor, int maxObjects) {
    this.cursor = cursor;
    this.text = new JsonText(cursor);
    this.number = new JsonNumber(cursor);
    this.skipper = new JsonSkipper(cursor, text, number);
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
    // The whole of it before anything is read: a tolerant decoder would see other names.
    int valid = Utf8.isAscii(utf8) ? utf8.length : Utf8.validLength(utf8);
    if (valid < utf8.length) {
      throw new JsonException("expected UTF-8", valid);
    }
    return new JsonReader(new JsonCursor(utf8, 0, utf8.length, limits), maxObjects).document();
  }

  /** Reads an object or array that was skipped before. */
  static Object readSkipped(byte[] utf8, int start, int end, Json.Limits limits) {
    try {
      return new JsonReader(new JsonCursor(utf8, start, end, limits), 1).document();
    } catch (JsonException e) {
      throw new IllegalStateException("the document has changed since it was read");
    }
  }

  private Object document() throws JsonException {
    Object document = value(0, 0);
    cursor.finish();
    return document;
  }

  private Object value(int depth, int objects) throws JsonException {
    return switch (cursor.value()) {
      case '{' -> objects < maxObjects ? object(depth, objects) : skippedObject(depth);
      case '[' -> objects < maxObjects ? array(depth, objects) : skippedArray(depth);
      case '"' -> text.read(cursor.limits().maxTextLength());
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", Json.NULL);
      default -> number.read();
    };
  }

  private Object literal(String name, Object value) throws JsonException {
    cursor.literal(name);
    return value;
  }

  private Map<String, Object> object(int depth, int objects) throws JsonException {
    int inside = cursor.open(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    boolean more = !cursor.closesAtOnce('}');
    while (more) {
      cursor.name();
      String name = text.read(cursor.limits().maxNameLength());
      if (inside == 1) {
        cursor.enter(name);
      }
      cursor.colon();
      if (members.put(name, value(inside, objects + 1)) != null) {
        throw cursor.fault(Fault.REPEATED_NAME, "expected each member name once");
      }
      more = cursor.hasMore('}');
    }
    return Collections.unmodifiableMap(members);
  }

  private List<Object> array(int depth, int objects) throws JsonException {
    int inside = cursor.open(depth);
    List<Object> elements = new ArrayList<>();
    boolean more = !cursor.closesAtOnce(']');
    while (more) {
      elements.add(value(inside, objects));
      more = cursor.hasMore(']');
    }
    return Collections.unmodifiableList(elements);
  }

  private Map<String, Object> skippedObject(int depth) throws JsonException {
    int start = cursor.at();
    skipper.object(depth);
    return new SkippedObject(cursor.utf8(), start, cursor.at(), cursor.limits());
  }

  private List<Object> skippedArray(int depth) throws JsonException {
    int start = cursor.at();
    skipper.array(depth);
    return new SkippedArray(cursor.utf8(), start, cursor.at(), cursor.limits());
  }
}
