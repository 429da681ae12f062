package dev.countersign.internal;

import dev.countersign.internal.JsonException.Fault;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The numbers of a document. Not thread-safe. */
final class JsonNumber {

  // The exponents of IEEE 754 double, the range in which JSON numbers interoperate (RFC 8259
  // section 6). What is beyond would be a bomb for whoever expands it.
  private static final int MAX_SCALE = 350;

  // IEEE 754 double: 15 decimal digits of every normal number (down to 1e-307).
  private static final int EXACT_DIGITS = 15;
  private static final int EXACT_SCALE = 290;

  // As many characters as always fit, sign included.
  private static final int LONG_LENGTH = 18;

  private final JsonCursor cursor;
  private final byte[] utf8;
  private int start;
  private boolean integer;
  private boolean exponent;

  JsonNumber(JsonCursor cursor) {
    this.cursor = cursor;
    this.utf8 = cursor.utf8();
  }

  /** Reads the number at whose first character the cursor is. */
  Number read() throws JsonException {
    scan();
    return integer && cursor.at() - start <= LONG_LENGTH ? small() : large();
  }

  /** The same without making the number; it is checked all the same. */
  void skip() throws JsonException {
    scan();
    // Without an exponent there are not enough characters to leave the range.
    if (exponent || cursor.at() - start > MAX_SCALE / 2) {
      large();
    }
  }

  // number = [ "-" ] ( "0" / digit1-9 *DIGIT ) [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "-" / "+" ]
  // 1*DIGIT ]
  private void scan() throws JsonException {
    start = cursor.at();
    int here = isAt(start, '-') ? start + 1 : start;
    here = isAt(here, '0') ? behindZero(here) : digits(here);
    integer = !isAt(here, '.');
    here = integer ? here : digits(here + 1);
    exponent = isAt(here, 'e') || isAt(here, 'E');
    if (exponent) {
      integer = false;
      here++;
      here = digits(isAt(here, '-') || isAt(here, '+') ? here + 1 : here);
    }
    cursor.moveTo(here);
    if (here - start > cursor.limits().maxNumberLength()) {
      throw cursor.fault(
          Fault.NUMBER,
          "expected a number of at most " + cursor.limits().maxNumberLength() + " characters");
    }
  }

  private int behindZero(int zero) throws JsonException {
    int behind = zero + 1;
    if (behind < cursor.end() && isDigit(utf8[behind])) {
      throw cursor.fault("expected no digit behind a leading zero");
    }
    return behind;
  }

  private static boolean isDigit(byte one) {
    return one >= '0' && one <= '9';
  }

  private boolean isAt(int position, char expected) {
    return position < cursor.end() && utf8[position] == expected;
  }

  private int digits(int from) throws JsonException {
    int here = from;
    while (here < cursor.end() && isDigit(utf8[here])) {
      here++;
    }
    if (here == from) {
      cursor.moveTo(from);
      throw cursor.fault("expected a value");
    }
    return here;
  }

  private Long small() {
    boolean negative = utf8[start] == '-';
    long number = 0;
    for (int here = negative ? start + 1 : start; here < cursor.at(); here++) {
      number = 10 * number + utf8[here] - '0';
    }
    return negative ? -number : number;
  }

  private Number large() throws JsonException {
    BigDecimal number;
    try {
      number =
          new BigDecimal(new String(utf8, start, cursor.at() - start, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw beyond();
    }
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      throw beyond();
    }
    return integer ? integer(number) : fraction(number);
  }

  // What a double holds of it: many readers go on with a double, and must not see another number.
  private BigDecimal fraction(BigDecimal number) throws JsonException {
    // So few digits come back from a double as they went in.
    if (number.precision() <= EXACT_DIGITS && Math.abs(number.scale()) <= EXACT_SCALE) {
      return number;
    }
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      throw beyond();
    }
    BigDecimal held = BigDecimal.valueOf(nearest);
    return held.compareTo(number) == 0 ? number : held;
  }

  private static Number integer(BigDecimal number) {
    boolean fits = number.toBigInteger().bitLength() < Long.SIZE;
    return fits ? (Number) number.longValueExact() : number;
  }

  private JsonException beyond() {
    return cursor.fault(Fault.NUMBER, "expected a number in the range of a double");
  }
}
