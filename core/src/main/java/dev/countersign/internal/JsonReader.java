package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.countersign.internal.JsonException.Fault;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one document. Not thread-safe, used once. */
final class JsonReader {

  // The exponents of IEEE 754 double, the range in which JSON numbers interoperate (RFC 8259
  // section 6).
  // What is beyond would be a bomb for whoever expands it.
  private static final int MAX_SCALE = 350;

  // IEEE 754 double: 15 decimal digits of every normal number (down to 1e-307).
  private static final int EXACT_DIGITS = 15;
  private static final int EXACT_SCALE = 290;

  private final Json.Limits limits;
  private int values;
  // Of the outermost object, if the document is one.
  private String member = "";
  private boolean mayHaveSurrogates = true;

  JsonReader(Json.Limits limits) {
    this.limits = limits;
  }

  Object read(byte[] utf8) throws JsonException {
    if (utf8.length > limits.maxBytes()) {
      throw new JsonException("expected at most " + limits.maxBytes() + " bytes, gave up", 0);
    }
    String json = decode(utf8);
    // Most texts have neither the characters nor escapes of them.
    mayHaveSurrogates = json.length() != utf8.length || json.contains("\\u");
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      Object document = value(parser, parser.nextToken(), 0);
      if (parser.nextToken() != null) {
        throw at(parser, "expected nothing behind the document");
      }
      return document;
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      throw new JsonException("expected JSON (RFC 8259)", Math.max(offset, 0));
    } catch (IOException e) {
      throw new JsonException("expected JSON (RFC 8259)", 0);
    }
  }

  // Decoded before it is parsed: the tokenizer takes overlong forms, and guesses UTF-16.
  private static String decode(byte[] utf8) throws JsonException {
    if (isAscii(utf8)) {
      return new String(utf8, StandardCharsets.ISO_8859_1);
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(utf8);
    CharBuffer out = CharBuffer.allocate(utf8.length);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isUnderflow()) {
      throw new JsonException("expected UTF-8", in.position());
    }
    return out.flip().toString();
  }

  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte one : bytes) {
      all |= one;
    }
    return all >= 0;
  }

  private Object value(JsonParser parser, JsonToken token, int depth)
      throws IOException, JsonException {
    if (token == null) {
      throw at(parser, "expected a value");
    }
    if (++values > limits.maxValues()) {
      throw at(parser, "expected at most " + limits.maxValues() + " values, gave up");
    }
    return switch (token) {
      case START_OBJECT -> object(parser, deeper(parser, depth));
      case START_ARRAY -> array(parser, deeper(parser, depth));
      case VALUE_STRING -> text(parser, parser.getText(), limits.maxTextLength());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, token);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Json.NULL;
      default -> throw at(parser, "expected a value");
    };
  }

  private int deeper(JsonParser parser, int depth) throws JsonException {
    if (depth == limits.maxDepth()) {
      throw at(parser, "expected a depth of at most " + limits.maxDepth() + ", gave up");
    }
    return depth + 1;
  }

  private Map<String, Object> object(JsonParser parser, int depth)
      throws IOException, JsonException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = text(parser, parser.currentName(), limits.maxNameLength());
      member = depth == 1 ? name : member;
      if (members.put(name, value(parser, parser.nextToken(), depth)) != null) {
        throw at(parser, Fault.REPEATED_NAME, "expected each member name once");
      }
    }
    return Collections.unmodifiableMap(members);
  }

  private List<Object> array(JsonParser parser, int depth) throws IOException, JsonException {
    List<Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token, depth));
    }
    return Collections.unmodifiableList(elements);
  }

  // A lone surrogate has no UTF-8 form, so that two readers would see different strings.
  private String text(JsonParser parser, String text, int maxLength) throws JsonException {
    if (text.length() > maxLength) {
      throw at(parser, "expected a text of at most " + maxLength + " characters, gave up");
    }
    for (int at = 0; mayHaveSurrogates && at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        int codePoint = text.codePointAt(at);
        if (codePoint <= Character.MAX_VALUE) {
          throw at(parser, "expected surrogates in pairs");
        }
        at++;
      }
    }
    return text;
  }

  private Number number(JsonParser parser, JsonToken token) throws IOException, JsonException {
    int length = parser.getTextLength();
    if (length > limits.maxNumberLength()) {
      throw at(
          parser,
          Fault.NUMBER,
          "expected a number of at most " + limits.maxNumberLength() + " characters");
    }
    if (token == JsonToken.VALUE_NUMBER_INT && length <= 18) {
      return parser.getLongValue();
    }
    BigDecimal number;
    try {
      number = new BigDecimal(parser.getText());
    } catch (NumberFormatException e) {
      throw at(parser, Fault.NUMBER, "expected a number in the range of a double");
    }
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      throw at(parser, Fault.NUMBER, "expected a number in the range of a double");
    }
    return token == JsonToken.VALUE_NUMBER_INT ? integer(number) : fraction(parser, number);
  }

  // What a double holds of it: many readers go on with a double, and must not see another number.
  private BigDecimal fraction(JsonParser parser, BigDecimal number) throws JsonException {
    // So few digits come back from a double as they went in.
    if (number.precision() <= EXACT_DIGITS && Math.abs(number.scale()) <= EXACT_SCALE) {
      return number;
    }
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw at(parser, Fault.NUMBER, "expected a number in the range of a double");
    }
    BigDecimal held = BigDecimal.valueOf(nearest);
    return held.compareTo(number) == 0 ? number : held;
  }

  private static Number integer(BigDecimal number) {
    boolean fits = number.toBigInteger().bitLength() < Long.SIZE;
    return fits ? (Number) number.longValueExact() : number;
  }

  private JsonException at(JsonParser parser, String expected) {
    return at(parser, Fault.TEXT, expected);
  }

  private JsonException at(JsonParser parser, Fault fault, String expected) {
    long position = Math.max(parser.currentLocation().getCharOffset(), 0);
    return new JsonException(fault, expected, position, member);
  }
}
