package dev.countersign.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.spi.BodyFilter.Way;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilteredBodyTest {

  private static final byte[] NOTHING = {};

  private final Head head = new Head();
  private final FilteredBody body = new FilteredBody(new Upper());

  /** A head whose way stands in a field. */
  private static final class Head implements ResponseHead {

    private final Map<String, List<String>> fields = new HashMap<>();

    @Override
    public int status() {
      return 200;
    }

    @Override
    public List<String> headers(String name) {
      return fields.getOrDefault(name, List.of());
    }

    @Override
    public void headers(String name, List<String> values) {
      fields.put(name, values);
    }
  }

  /** Makes letters great, and takes four of them. */
  private static final class Upper implements BodyFilter {

    @Override
    public Way begin(ResponseHead head) {
      return Way.valueOf(head.headers("Way").get(0));
    }

    @Override
    public int maxLength() {
      return 4;
    }

    @Override
    public byte[] next(byte[] octets, int offset, int length) {
      return upper(new String(octets, offset, length, StandardCharsets.US_ASCII));
    }

    @Override
    public byte[] whole(ResponseHead head, byte[] all) {
      return all.length > 4
          ? octets("too long")
          : upper(new String(all, StandardCharsets.US_ASCII));
    }

    private static byte[] upper(String text) {
      return octets(text.toUpperCase(Locale.ROOT));
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void way(Way way) {
    head.headers("Way", List.of(way.name()));
  }

  private Optional<String> pass(String text, boolean last) {
    return body.pass(head, octets(text), last)
        .map(left -> new String(left, StandardCharsets.US_ASCII));
  }

  @Test
  void leavesABodyAsItIsThatIsOfNoInterest() {
    way(Way.AS_IS);
    assertEquals(Optional.of("ab"), pass("ab", false));
    assertEquals(Optional.of(""), pass("", true));
    assertEquals(List.of(), head.headers("Content-Length"));
  }

  @Test
  void letsEventsLeaveAtOnce() {
    way(Way.EVENTS);
    assertEquals(Optional.of("AB"), pass("ab", false));
    assertEquals(Optional.of("C"), pass("c", true));
    assertEquals(List.of(), head.headers("Content-Length"));
  }

  @Test
  void MC27_holdsABodyBackUntilItIsWhole() {
    way(Way.WHOLE);
    assertEquals(Optional.empty(), pass("ab", false));
    assertEquals(Optional.empty(), pass("", false));
    assertEquals(Optional.of("ABC"), pass("c", true));
    assertEquals(List.of("3"), head.headers("Content-Length"));
  }

  @Test
  void MC27_keepsOneOctetMoreThanItTakes() {
    way(Way.WHOLE);
    assertEquals(Optional.empty(), pass("abcd", false));
    assertEquals(Optional.empty(), pass("efgh", false));
    assertEquals(Optional.of("too long"), pass("ijkl", true));
  }

  @Test
  void saysNothingOfTheLengthOfABodyThatIsNotThere() {
    way(Way.WHOLE);
    assertEquals(Optional.of(""), pass("", true));
    assertEquals(List.of(), head.headers("Content-Length"));
  }

  @Test
  void looksAtTheHeadUntilTheFirstOctetIsHeldBack() {
    way(Way.WHOLE);
    assertEquals(Way.WHOLE, body.way(head));
    way(Way.EVENTS);
    assertEquals(Way.EVENTS, body.way(head));
    way(Way.WHOLE);
    assertEquals(Way.EVENTS, body.way(head));
  }

  @Test
  void doesNotLookAtTheHeadAgainOnceSomethingIsHeldBack() {
    way(Way.WHOLE);
    assertEquals(Optional.empty(), pass("a", false));
    way(Way.AS_IS);
    assertEquals(Way.WHOLE, body.way(head));
  }

  @Test
  void beginsAgainWithAnotherAnswer() {
    way(Way.WHOLE);
    assertEquals(Optional.empty(), pass("a", false));
    body.reset();
    way(Way.AS_IS);
    assertArrayEquals(NOTHING, body.pass(head, NOTHING, true).orElseThrow());
    assertEquals(Way.AS_IS, body.way(head));
  }
}
