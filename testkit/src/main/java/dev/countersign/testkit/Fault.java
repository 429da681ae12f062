package dev.countersign.testkit;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * What a {@link FakeAuthorizationServer} does instead of its duty:
 *
 * <pre>
 * server.fail(Endpoint.KEYS, Fault.status(503).times(2));
 * server.fail(Endpoint.KEYS, Fault.none().heldUntil(latch));
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class Fault {

  /** Does it; {@code healthy} is what the server would have answered. */
  @FunctionalInterface
  private interface Action {
    void answer(Response healthy, Wire wire) throws IOException, InterruptedException;
  }

  private final Action action;

  private Fault(Action action) {
    this.action = action;
  }

  void answer(Response healthy, Wire wire) throws IOException, InterruptedException {
    action.answer(healthy, wire);
  }

  /**
   * No fault, to be combined with {@link #heldUntil}.
   *
   * @return the good answer
   */
  public static Fault none() {
    return new Fault((healthy, wire) -> wire.write(Wire.bytes(healthy)));
  }

  /**
   * Another answer.
   *
   * @param response what is sent
   * @return the fault
   */
  public static Fault answer(Response response) {
    return new Fault((healthy, wire) -> wire.write(Wire.bytes(response)));
  }

  /**
   * An empty JSON object under another status.
   *
   * @param status the status code
   * @return the fault
   */
  public static Fault status(int status) {
    return answer(Response.json(status, List.of(), "{}"));
  }

  /**
   * Another document, with status 200.
   *
   * @param json the document, which need not be JSON
   * @return the fault
   */
  public static Fault document(String json) {
    return answer(Response.json(200, List.of(), json));
  }

  /**
   * The good document, changed: another issuer, for instance.
   *
   * @param change gives the text to send
   * @return the fault
   */
  public static Fault edited(UnaryOperator<String> change) {
    return new Fault(
        (healthy, wire) ->
            wire.write(Wire.bytes(Response.json(200, List.of(), change.apply(healthy.body())))));
  }

  /**
   * A redirect.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location where to
   * @return the fault
   */
  public static Fault redirect(int status, String location) {
    return answer(Response.empty(status, List.of(new FieldLine("Location", location))));
  }

  /**
   * A login page with status 200.
   *
   * @return the fault
   */
  public static Fault html() {
    Response page = Response.json(200, List.of(), "<!doctype html><title>Log in</title>");
    List<FieldLine> fields =
        page.fields().stream()
            .map(
                line ->
                    line.value().equals("application/json")
                        ? new FieldLine(line.name(), "text/html")
                        : line)
            .toList();
    return answer(new Response(200, fields, page.body()));
  }

  /**
   * Bytes that are not HTTP, and the end.
   *
   * @return the fault
   */
  public static Fault garbage() {
    byte[] bytes = {0x16, 0x03, 0x01, 0x02, 0x00, (byte) 0xff, '\n', '\r', '\n', 0};
    return sending(bytes, Wire::close);
  }

  /**
   * A reset of the connection before the answer.
   *
   * @return the fault
   */
  public static Fault reset() {
    return new Fault((healthy, wire) -> wire.reset());
  }

  /**
   * The first half of the good answer, and the end.
   *
   * @return the fault
   */
  public static Fault truncated() {
    return new Fault(
        (healthy, wire) -> {
          byte[] all = Wire.bytes(healthy);
          wire.write(Arrays.copyOf(all, all.length - healthy.body().length() / 2 - 1));
          wire.close();
        });
  }

  /**
   * Silence until the client gives up.
   *
   * @return the fault
   */
  public static Fault silence() {
    return new Fault(
        (healthy, wire) -> {
          wire.pause(Duration.ZERO);
          wire.close();
        });
  }

  /**
   * The good answer, byte by byte.
   *
   * @param pause the time between two bytes, at least a millisecond
   * @return the fault
   */
  public static Fault drip(Duration pause) {
    return new Fault(
        (healthy, wire) -> {
          byte[] all = Wire.bytes(healthy);
          wire.write(all, 0, 1);
          for (int at = 1; at < all.length && wire.pause(pause); at++) {
            wire.write(all, at, 1);
          }
        });
  }

  /**
   * A document of JSON white space without an end in sight.
   *
   * @param length the number of bytes
   * @return the fault
   */
  public static Fault huge(long length) {
    byte[] block = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
    return sending(
        head("Content-Length: " + length),
        wire -> {
          for (long left = length; left > 0; left -= block.length) {
            wire.write(block, 0, (int) Math.min(left, block.length));
          }
        });
  }

  /**
   * A small body that is large once it is decoded.
   *
   * @param length the number of bytes behind the content coding gzip
   * @return the fault
   */
  public static Fault gzipBomb(int length) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] block = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
      for (int left = length; left > 0; left -= block.length) {
        gzip.write(block, 0, Math.min(left, block.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] head = head("Content-Encoding: gzip\r\nContent-Length: " + packed.size());
    return sending(head, wire -> wire.write(packed.toByteArray()));
  }

  /** Writes what follows the first bytes. */
  @FunctionalInterface
  private interface Rest {
    void write(Wire wire) throws IOException;
  }

  private static Fault sending(byte[] first, Rest rest) {
    return new Fault(
        (healthy, wire) -> {
          wire.write(first);
          rest.write(wire);
        });
  }

  private static byte[] head(String fields) {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + fields + "\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The same, but later.
   *
   * @param release what to wait for
   * @return the fault
   */
  public Fault heldUntil(CountDownLatch release) {
    return new Fault(
        (healthy, wire) -> {
          release.await();
          action.answer(healthy, wire);
        });
  }

  /**
   * The same, but only at first; then the server is well again.
   *
   * @param count how many requests are met with the fault
   * @return the fault
   */
  public Fault times(int count) {
    AtomicInteger left = new AtomicInteger(count);
    return new Fault(
        (healthy, wire) -> (left.getAndDecrement() > 0 ? this : none()).answer(healthy, wire));
  }
}
