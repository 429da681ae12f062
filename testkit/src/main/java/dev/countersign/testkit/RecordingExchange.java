package dev.countersign.testkit;

import dev.countersign.http.Response;
import dev.countersign.spi.Admission;
import dev.countersign.spi.Exchange;
import dev.countersign.spi.Lease;
import dev.countersign.spi.ReplayableBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An exchange in memory. Holds the engine to its side of the bargain: a second outcome is an {@link
 * IllegalStateException}. Not thread-safe.
 */
public final class RecordingExchange implements Exchange {

  private final String method;
  private final String path;
  private final String query;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();
  private byte @Nullable [] body;
  private int bodyReads;
  private @Nullable Response response;
  private @Nullable Admission admission;

  private RecordingExchange(String method, String path, String query) {
    this.method = method;
    this.path = path;
    this.query = query;
  }

  /**
   * A request without header fields and without a body that could be read.
   *
   * @param method the method
   * @param target the raw path, with a query behind a question mark or without
   * @return the exchange
   */
  public static RecordingExchange of(String method, String target) {
    int mark = target.indexOf('?');
    return mark < 0
        ? new RecordingExchange(method, target, "")
        : new RecordingExchange(method, target.substring(0, mark), target.substring(mark + 1));
  }

  /**
   * Adds a header field line.
   *
   * @param name the field name
   * @param value the field value
   * @return this exchange
   */
  public RecordingExchange header(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  /**
   * Adds an {@code Authorization} line with the scheme {@code Bearer}.
   *
   * @param token the text of the token
   * @return this exchange
   */
  public RecordingExchange bearer(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /**
   * Gives the request a body that can be read.
   *
   * @param text the body, in UTF-8
   * @return this exchange
   */
  public RecordingExchange body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public List<String> headers(String name) {
    return headers.stream()
        .filter(line -> line.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<ReplayableBody> body() {
    return Optional.ofNullable(body).map(bytes -> limit -> read(bytes, limit));
  }

  private byte[] read(byte[] bytes, int limit) {
    bodyReads++;
    return Arrays.copyOf(bytes, Math.min(bytes.length, limit));
  }

  @Override
  public void send(Response answer) {
    mustBeOpen();
    response = answer;
  }

  @Override
  public void accept(Admission admitted) {
    mustBeOpen();
    admission = admitted;
  }

  @Override
  public Lease lease() {
    return admission == null ? Lease.NONE : admission.lease();
  }

  private void mustBeOpen() {
    if (response != null || admission != null) {
      throw new IllegalStateException("the exchange already has an outcome");
    }
  }

  /**
   * What was sent.
   *
   * @return empty if nothing was sent
   */
  public Optional<Response> response() {
    return Optional.ofNullable(response);
  }

  /**
   * With what the application was to run.
   *
   * @return empty if it was not to run
   */
  public Optional<Admission> admission() {
    return Optional.ofNullable(admission);
  }

  /**
   * How often the body was read.
   *
   * @return the number of reads, 0 or more
   */
  public int bodyReads() {
    return bodyReads;
  }
}
