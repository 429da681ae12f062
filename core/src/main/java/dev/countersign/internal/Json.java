package dev.countersign.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * JSON (RFC 8259) as maps and lists, read strictly: UTF-8 without byte order mark, exactly one
 * document, every member name once in its object.
 *
 * <p>An object is a {@code Map<String, Object>} in the order of the text, an array a {@code
 * List<Object>}, a string a {@code String}, an integer of 64 bits a {@code Long}, every other
 * number a {@link java.math.BigDecimal}, of a fraction what a double holds of it, the literals a
 * {@code Boolean} and {@link #NULL}. Maps and lists are unmodifiable. Thread-safe.
 */
public final class Json {

  /** The literal null: a value, so that it is never taken for an absent member. */
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  // Buffers are pooled without thread-locals, which would outlive a redeployment. Names come from
  // outside and go into no table. The length of a number is limited by the reader, before the
  // number is made from its characters.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private Json() {}

  /**
   * How much is read before giving up. Immutable. Every limit is inclusive.
   *
   * @param maxBytes the length of the input in bytes
   * @param maxDepth the number of arrays and objects inside each other; {@code 1} allows {@code
   *     {}}; at most 500
   * @param maxValues the number of values, at any depth
   * @param maxNumberLength the characters of one number, at most 1000
   * @param maxNameLength the characters of one member name, at most 50,000
   * @param maxTextLength the characters of one string, at most 20,000,000
   */
  public record Limits(
      int maxBytes,
      int maxDepth,
      int maxValues,
      int maxNumberLength,
      int maxNameLength,
      int maxTextLength) {

    // What the tokenizer itself takes at most.
    private static final int NAME = 50_000;
    private static final int TEXT = 20_000_000;

    /** For fetched documents: 128 KiB, depth 32. */
    public static final Limits DOCUMENT = new Limits(128 * 1024, 32, 16 * 1024, 64);

    /**
     * Checks the ranges that recursion and the tokenizer set.
     *
     * @throws IllegalArgumentException if a limit is out of range
     */
    public Limits {
      if (maxBytes < 0 || maxValues < 0) {
        throw new IllegalArgumentException("maxBytes and maxValues must not be negative");
      }
      if (maxDepth < 0 || maxDepth > 500 || maxNumberLength < 1 || maxNumberLength > 1000) {
        throw new IllegalArgumentException(
            "expected maxDepth 0 to 500 and maxNumberLength 1 to 1000");
      }
      if (maxNameLength < 0 || maxNameLength > NAME || maxTextLength < 0 || maxTextLength > TEXT) {
        throw new IllegalArgumentException(
            "expected maxNameLength 0 to 50000 and maxTextLength 0 to 20000000");
      }
    }

    /**
     * Limits of documents whose strings may be as long as the tokenizer takes them.
     *
     * @param maxBytes the length of the input in bytes
     * @param maxDepth the number of arrays and objects inside each other
     * @param maxValues the number of values
     * @param maxNumberLength the characters of one number
     */
    public Limits(int maxBytes, int maxDepth, int maxValues, int maxNumberLength) {
      this(maxBytes, maxDepth, maxValues, maxNumberLength, NAME, TEXT);
    }
  }

  /**
   * Reads one document.
   *
   * @param utf8 the text in UTF-8
   * @param limits when to give up
   * @return a map, a list, a string, a number, a boolean or {@link #NULL}
   * @throws JsonException if the text is no JSON, repeats a member name, has a lone surrogate, a
   *     number outside the range of a double, or goes beyond a limit
   */
  public static Object read(byte[] utf8, Limits limits) throws JsonException {
    return JsonReader.read(utf8, limits, Integer.MAX_VALUE);
  }

  /**
   * Reads one document as strictly as {@link #read}, and makes only what is likely to be looked at:
   * an object or array inside more objects than these is made when somebody looks at it.
   *
   * @param utf8 the text in UTF-8
   * @param limits when to give up
   * @param objects the number of objects inside each other that are made at once, at least 1
   * @return what {@link #read} returns
   * @throws JsonException as {@link #read}
   */
  public static Object outline(byte[] utf8, Limits limits, int objects) throws JsonException {
    return JsonReader.read(utf8, limits, objects);
  }

  /**
   * Reads one document that is an object.
   *
   * @param utf8 the text in UTF-8
   * @param limits when to give up
   * @return the members in the order of the text
   * @throws JsonException as {@link #read}, and if the document is not an object
   */
  public static Map<String, Object> readObject(byte[] utf8, Limits limits) throws JsonException {
    if (read(utf8, limits) instanceof Map<?, ?> members) {
      @SuppressWarnings("unchecked") // the reader makes no other maps
      Map<String, Object> object = (Map<String, Object>) members;
      return object;
    }
    throw new JsonException("expected an object", 0);
  }

  /**
   * Writes an object without white space, its members in the order of the map.
   *
   * @param members names and values: maps with string keys, lists, strings, booleans, integers,
   *     {@link java.math.BigDecimal} and {@link #NULL}
   * @return the document
   * @throws IllegalArgumentException if there is a value of another type
   */
  public static String write(Map<String, ?> members) {
    StringWriter text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      JsonWriter.write(generator, members);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return text.toString();
  }
}
