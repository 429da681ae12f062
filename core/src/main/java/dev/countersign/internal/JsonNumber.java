package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.countersign.internal.JsonException.Fault;
import java.io.IOException;
import java.math.BigDecimal;

/** The numbers of a document: what of them every reader understands alike. */
final class JsonNumber {

  // The exponents of IEEE 754 double, the range in which JSON numbers interoperate (RFC 8259
  // section 6). What is beyond would be a bomb for whoever expands it.
  private static final int MAX_SCALE = 350;

  // IEEE 754 double: 15 decimal digits of every normal number (down to 1e-307).
  private static final int EXACT_DIGITS = 15;
  private static final int EXACT_SCALE = 290;

  // As many characters as always fit, sign included.
  private static final int LONG_LENGTH = 18;

  private JsonNumber() {}

  /** The number that is the token. */
  static Number of(JsonTokens tokens) throws IOException, JsonException {
    JsonParser parser = tokens.parser();
    int length = parser.getTextLength();
    if (length > tokens.limits().maxNumberLength()) {
      throw tokens.fault(
          Fault.NUMBER,
          "expected a number of at most " + tokens.limits().maxNumberLength() + " characters");
    }
    boolean integer = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (integer && length <= LONG_LENGTH) {
      return parser.getLongValue();
    }
    BigDecimal number = decimal(tokens);
    return integer ? integer(number) : fraction(tokens, number);
  }

  private static BigDecimal decimal(JsonTokens tokens) throws IOException, JsonException {
    BigDecimal number;
    try {
      number = new BigDecimal(tokens.parser().getText());
    } catch (NumberFormatException e) {
      throw beyond(tokens);
    }
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      throw beyond(tokens);
    }
    return number;
  }

  // What a double holds of it: many readers go on with a double, and must not see another number.
  private static BigDecimal fraction(JsonTokens tokens, BigDecimal number) throws JsonException {
    // So few digits come back from a double as they went in.
    if (number.precision() <= EXACT_DIGITS && Math.abs(number.scale()) <= EXACT_SCALE) {
      return number;
    }
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw beyond(tokens);
    }
    BigDecimal held = BigDecimal.valueOf(nearest);
    return held.compareTo(number) == 0 ? number : held;
  }

  private static Number integer(BigDecimal number) {
    boolean fits = number.toBigInteger().bitLength() < Long.SIZE;
    return fits ? (Number) number.longValueExact() : number;
  }

  private static JsonException beyond(JsonTokens tokens) {
    return tokens.fault(Fault.NUMBER, "expected a number in the range of a double");
  }
}
