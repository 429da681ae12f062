package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.countersign.internal.JsonException.Fault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a document, and what is allowed of them beyond the grammar. Not thread-safe, used
 * once.
 */
final class JsonTokens {

  private final JsonParser parser;
  private final Json.Limits limits;
  private final boolean mayHaveSurrogates;
  private int values;
  // Of the outermost object, if the document is one.
  private String member = "";

  /**
   * In front of the first token.
   *
   * @param mayHaveSurrogates whether there are such characters in the text, or escapes of them
   */
  JsonTokens(JsonParser parser, Json.Limits limits, boolean mayHaveSurrogates) {
    this.parser = parser;
    this.limits = limits;
    this.mayHaveSurrogates = mayHaveSurrogates;
  }

  JsonParser parser() {
    return parser;
  }

  Json.Limits limits() {
    return limits;
  }

  void enter(String outermostMember) {
    member = outermostMember;
  }

  /** The token, which has to begin a value; counts it. */
  JsonToken value(@Nullable JsonToken token) throws JsonException {
    if (token == null) {
      throw fault("expected a value");
    }
    if (++values > limits.maxValues()) {
      throw fault("expected at most " + limits.maxValues() + " values, gave up");
    }
    return token;
  }

  /** The depth in an array or object that begins here. */
  int deeper(int depth) throws JsonException {
    if (depth == limits.maxDepth()) {
      throw fault("expected a depth of at most " + limits.maxDepth() + ", gave up");
    }
    return depth + 1;
  }

  /** The name of a member. */
  String name() throws IOException, JsonException {
    checkText(limits.maxNameLength());
    return parser.currentName();
  }

  /** Where a name was read before in the same object. */
  JsonException repeated() {
    return fault(Fault.REPEATED_NAME, "expected each member name once");
  }

  /** A string. */
  String text() throws IOException, JsonException {
    checkText(limits.maxTextLength());
    return parser.getText();
  }

  void checkText() throws IOException, JsonException {
    checkText(limits.maxTextLength());
  }

  // A lone surrogate has no UTF-8 form, so that two readers would see different strings.
  private void checkText(int maxLength) throws IOException, JsonException {
    int length = parser.getTextLength();
    if (length > maxLength) {
      throw fault("expected a text of at most " + maxLength + " characters, gave up");
    }
    if (!mayHaveSurrogates) {
      return;
    }
    char[] text = parser.getTextCharacters();
    int end = parser.getTextOffset() + length;
    for (int at = parser.getTextOffset(); at < end; at++) {
      if (Character.isSurrogate(text[at])) {
        if (Character.codePointAt(text, at, end) <= Character.MAX_VALUE) {
          throw fault("expected surrogates in pairs");
        }
        at++;
      }
    }
  }

  JsonException fault(String expected) {
    return fault(Fault.TEXT, expected);
  }

  JsonException fault(Fault fault, String expected) {
    long position = Math.max(parser.currentLocation().getCharOffset(), 0);
    return new JsonException(fault, expected, position, member);
  }
}
