package dev.countersign.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A {@code text/event-stream} that is read while it is written, in whatever pieces it comes. An
 * event leaves when it is over, octet for octet if its data does not change; one that is not over
 * at the end never leaves, as no client would see it. Not thread-safe.
 *
 * <pre>
 * stream = [ bom ] *event
 * event  = *( comment / field ) end-of-line
 * </pre>
 *
 * <p>WHATWG HTML, section 9.2.5.
 */
final class EventFilter {

  private static final Set<String> FIELDS = Set.of("data", "event", "id", "retry");
  private static final String BOM = "\uFEFF";

  private final Function<String, Optional<String>> data;
  private final int maxLength;
  private final ByteArrayOutputStream event = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int lines;
  private int lineLength;
  private boolean comment;
  private boolean afterCarriageReturn;
  private boolean first = true;
  private boolean tooLong;
  private boolean unchanged;

  /**
   * A filter.
   *
   * @param data gives what leaves instead of the data of an event, the same string if that does not
   *     change; empty if nothing leaves
   * @param maxLength the greatest number of octets of one event, inclusive
   */
  EventFilter(Function<String, Optional<String>> data, int maxLength) {
    this.data = data;
    this.maxLength = maxLength;
  }

  byte[] next(byte[] octets, int offset, int length) {
    out.reset();
    for (int at = offset; at < offset + length; at++) {
      next(octets[at]);
    }
    return out.toByteArray();
  }

  private void next(byte octet) {
    boolean secondOfTwo = octet == '\n' && afterCarriageReturn;
    afterCarriageReturn = octet == '\r';
    if (secondOfTwo && event.size() == 0) {
      // Its first half has ended an event, and has left if the event has left as it was.
      if (unchanged) {
        out.write(octet);
      }
      return;
    }
    keep(octet);
    if (secondOfTwo) {
      return;
    }
    if (octet == '\n' || octet == '\r') {
      endOfLine();
    } else if (lineLength++ == 0) {
      comment = octet == ':';
    }
  }

  private void keep(byte octet) {
    tooLong |= event.size() == maxLength;
    if (!tooLong) {
      event.write(octet);
    }
  }

  private void endOfLine() {
    boolean blank = lineLength == 0;
    lineLength = 0;
    lines++;
    // A comment in front of an event keeps the connection alive, and must not wait.
    if (blank || (comment && lines == 1)) {
      endOfEvent();
      event.reset();
      tooLong = false;
      first = false;
      lines = 0;
    }
  }

  private void endOfEvent() {
    unchanged = false;
    if (tooLong) {
      write(data.apply("{"), List.of());
      return;
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(event.toByteArray()))
              .toString();
      event(first && text.startsWith(BOM) ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      write(data.apply("{"), List.of());
    }
  }

  private void event(String text) {
    List<String> other = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    boolean known = true;
    for (String line : text.split("\r\n|\r|\n")) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      if (name.equals("data")) {
        String value = colon < 0 ? "" : line.substring(colon + 1);
        parts.add(value.startsWith(" ") ? value.substring(1) : value);
      } else if (colon == 0 || FIELDS.contains(name)) {
        other.add(line);
      } else {
        known &= line.isEmpty();
      }
    }
    String joined = String.join("\n", parts);
    Optional<String> allowed = parts.isEmpty() ? Optional.of("") : data.apply(joined);
    if (known && allowed.filter(joined::equals).isPresent()) {
      unchanged = true;
      out.writeBytes(event.toByteArray());
    } else if (!parts.isEmpty()) {
      write(allowed, other);
    }
  }

  private void write(Optional<String> changed, List<String> other) {
    if (changed.isPresent()) {
      StringBuilder text = new StringBuilder();
      other.forEach(line -> text.append(line).append('\n'));
      changed.get().lines().forEach(line -> text.append("data: ").append(line).append('\n'));
      out.writeBytes(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
