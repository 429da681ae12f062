package dev.countersign.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request as bytes. Nothing is checked or repaired, so that a malformed request can be built.
 * Text outside the body is written as ISO 8859-1. Immutable.
 *
 * <pre>
 * RawRequest.of("POST", "/mcp").bearer(token).body("{}")
 * </pre>
 */
public final class RawRequest {

  private static final int CHUNK = 10_000;

  private final String requestLine;
  private final List<String> lines;
  private final byte[] body;

  private RawRequest(String requestLine, List<String> lines, byte[] body) {
    this.requestLine = requestLine;
    this.lines = List.copyOf(lines);
    this.body = body;
  }

  /**
   * A request of HTTP/1.1 for {@code mcp.example.com}, without a body.
   *
   * @param method the method
   * @param target the request target, written as it is
   * @return the request
   */
  public static RawRequest of(String method, String target) {
    List<String> host = List.of("Host: mcp.example.com");
    return new RawRequest(method + " " + target + " HTTP/1.1", host, new byte[0]);
  }

  /**
   * The request with another request line.
   *
   * @param line the whole line, without its line break
   * @return the changed request
   */
  public RawRequest requestLine(String line) {
    return new RawRequest(line, lines, body);
  }

  /**
   * The request with one more field line.
   *
   * @param name the field name
   * @param value the field value
   * @return the changed request
   */
  public RawRequest with(String name, String value) {
    return line(name + ": " + value);
  }

  /**
   * The request with one more line in its header section.
   *
   * @param text the line, without the line break at its end; one inside it is kept
   * @return the changed request
   */
  public RawRequest line(String text) {
    List<String> more = new ArrayList<>(lines);
    more.add(text);
    return new RawRequest(requestLine, more, body);
  }

  /**
   * The request without any line of a field.
   *
   * @param name the field name, compared without regard to case
   * @return the changed request
   */
  public RawRequest without(String name) {
    return new RawRequest(
        requestLine, lines.stream().filter(line -> !names(line, name)).toList(), body);
  }

  /**
   * The request with one more {@code Authorization} line.
   *
   * @param token the text behind the scheme {@code Bearer}
   * @return the changed request
   */
  public RawRequest bearer(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /**
   * The request with a body and the {@code Content-Length} that belongs to it.
   *
   * @param bytes the body
   * @return the changed request
   */
  public RawRequest body(byte[] bytes) {
    return without("Content-Length")
        .with("Content-Length", Integer.toString(bytes.length))
        .content(bytes);
  }

  /**
   * The request with a JSON body.
   *
   * @param json the body
   * @return the changed request, with {@code Content-Type} and {@code Content-Length}
   */
  public RawRequest json(String json) {
    return without("Content-Type")
        .with("Content-Type", "application/json")
        .body(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The request with bytes behind its header section; no field is added for them.
   *
   * @param bytes what follows the header section
   * @return the changed request
   */
  public RawRequest content(byte[] bytes) {
    return new RawRequest(requestLine, lines, bytes.clone());
  }

  /**
   * The request with a chunked body, in chunks of at most 10,000 octets.
   *
   * @param text the body
   * @param trailers lines of the trailer section
   * @return the changed request, with {@code Transfer-Encoding}
   */
  public RawRequest chunked(String text, String... trailers) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += CHUNK) {
      int length = Math.min(CHUNK, bytes.length - at);
      out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, at, length);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    out.writeBytes("0\r\n".getBytes(StandardCharsets.US_ASCII));
    for (String trailer : trailers) {
      out.writeBytes((trailer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    return with("Transfer-Encoding", "chunked").content(out.toByteArray());
  }

  /**
   * The method.
   *
   * @return what stands before the first space of the request line
   */
  public String method() {
    return requestLine.split(" ", 2)[0];
  }

  /**
   * The request as it goes over the wire.
   *
   * @return request line, header section, empty line, body
   */
  public byte[] bytes() {
    StringBuilder head = new StringBuilder(requestLine).append("\r\n");
    lines.forEach(line -> head.append(line).append("\r\n"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static boolean names(String line, String name) {
    return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
  }

  /**
   * Prints the request line only: the rest can hold a token.
   *
   * @return the request line
   */
  @Override
  public String toString() {
    return requestLine;
  }
}
