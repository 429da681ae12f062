package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.DupDetector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Checks values as strictly as {@link JsonReader}, and makes none. Not thread-safe. */
final class JsonSkipper {

  private final JsonTokens tokens;
  private final JsonParser parser;
  private final DupDetector names;

  JsonSkipper(JsonTokens tokens) {
    this.tokens = tokens;
    this.parser = tokens.parser();
    this.names = DupDetector.rootDetector(parser);
  }

  private void value(@Nullable JsonToken token, int depth) throws IOException, JsonException {
    switch (tokens.value(token)) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> tokens.checkText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumber.of(tokens);
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
        // Nothing to check.
      }
      default -> throw tokens.fault("expected a value");
    }
  }

  /** Goes to the end of the object whose beginning is the token. */
  void object(int depth) throws IOException, JsonException {
    int inside = tokens.deeper(depth);
    DupDetector known = names.child();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean repeated = known.isDup(tokens.name());
      value(parser.nextToken(), inside);
      if (repeated) {
        throw tokens.repeated();
      }
    }
  }

  /** Goes to the end of the array whose beginning is the token. */
  void array(int depth) throws IOException, JsonException {
    int inside = tokens.deeper(depth);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      value(token, inside);
    }
  }
}
