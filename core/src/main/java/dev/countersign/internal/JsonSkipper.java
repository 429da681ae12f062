package dev.countersign.internal;

import dev.countersign.internal.JsonException.Fault;

/** Checks values as strictly as {@link JsonReader}, and makes none. Not thread-safe. */
final class JsonSkipper {

  private final JsonCursor cursor;
  private final JsonText text;
  private final JsonNumber number;
  private final OpenNames names;

  JsonSkipper(JsonCursor cursor, JsonText text, JsonNumber number) {
    this.cursor = cursor;
    this.text = text;
    this.number = number;
    this.names = new OpenNames(text, cursor.utf8());
  }

  private void value(int depth) throws JsonException {
    switch (cursor.value()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> text.skip(cursor.limits().maxTextLength());
      case 't' -> cursor.literal("true");
      case 'f' -> cursor.literal("false");
      case 'n' -> cursor.literal("null");
      default -> number.skip();
    }
  }

  /** Goes behind the object that begins here. */
  void object(int depth) throws JsonException {
    int inside = cursor.open(depth);
    int mark = names.mark();
    boolean more = !cursor.closesAtOnce('}');
    while (more) {
      cursor.name();
      text.skip(cursor.limits().maxNameLength());
      boolean isNew = names.add(mark);
      cursor.colon();
      value(inside);
      if (!isNew) {
        throw cursor.fault(Fault.REPEATED_NAME, "expected each member name once");
      }
      more = cursor.hasMore('}');
    }
    names.close(mark);
  }

  /** Goes behind the array that begins here. */
  void array(int depth) throws JsonException {
    int inside = cursor.open(depth);
    boolean more = !cursor.closesAtOnce(']');
    while (more) {
      value(inside);
      more = cursor.hasMore(']');
    }
  }
}
