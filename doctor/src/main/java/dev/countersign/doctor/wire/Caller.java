package dev.countersign.doctor.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends requests: each different one once, few in all, one after the other, and never anywhere by a
 * redirect. Not thread-safe.
 */
public final class Caller implements AutoCloseable {

  /** The most requests of one visit: 200, inclusive. */
  public static final int MAX_REQUESTS = 200;

  private static final int MAX_BODY = 1 << 20;
  static final Duration CONNECT = Duration.ofSeconds(5);
  static final Duration WHOLE = Duration.ofSeconds(10);
  private static final Duration EVENT = Duration.ofSeconds(3);

  private final HttpClient client;
  private final Map<Request, Answer> answers = new LinkedHashMap<>();
  private final Pace pace;
  private final Watch watch;

  /** Sees what is asked, as it is asked. */
  @FunctionalInterface
  public interface Watch {

    /**
     * Called before each request that is sent.
     *
     * @param request the request
     * @param before how many were sent before it
     */
    void asking(Request request, int before);
  }

  /** Waits between two requests, so that nobody takes the visit for an attack. */
  @FunctionalInterface
  public interface Pace {

    /**
     * Waits as long as it takes to be polite.
     *
     * @throws InterruptedException if the visit is to end
     */
    void await() throws InterruptedException;
  }

  /**
   * A caller.
   *
   * @param pace waits before each request
   * @param proxies the proxy for each URL, as the JVM is told or as a test wants it
   */
  public Caller(Pace pace, ProxySelector proxies) {
    this(pace, proxies, (request, before) -> {});
  }

  /**
   * A caller that somebody watches.
   *
   * @param pace waits before each request
   * @param proxies the proxy for each URL, as the JVM is told or as a test wants it
   * @param watch sees each request
   */
  public Caller(Pace pace, ProxySelector proxies, Watch watch) {
    this.pace = pace;
    this.watch = watch;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(proxies)
            .build();
  }

  /**
   * Asks, or remembers what was answered.
   *
   * @param request the request
   * @return what came back
   */
  public Answer ask(Request request) {
    Answer known = answers.get(request);
    if (known == null) {
      known =
          answers.size() < MAX_REQUESTS
              ? send(request)
              : new Answer.Unreachable("the doctor sends no more than 200 requests");
      answers.put(request, known);
    }
    return known;
  }

  /**
   * Everything that was asked so far.
   *
   * @return requests and answers in their order
   */
  public Map<Request, Answer> asked() {
    return new LinkedHashMap<>(answers);
  }

  private Answer send(Request request) {
    watch.asking(request, answers.size());
    try {
      pace.await();
      return receive(request, client.send(http(request), BodyHandlers.ofInputStream()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unreachable("interrupted");
    } catch (IOException | IllegalArgumentException e) {
      return new Answer.Unreachable(Cause.of(e));
    }
  }

  private static HttpRequest http(Request request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(request.url())
            .timeout(WHOLE)
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    request.fields().forEach(field -> http.header(field.name(), field.value()));
    return http.build();
  }

  // A stream of events has no end. The answer to a call is its first event; others may never come.
  private static Answer receive(Request request, HttpResponse<InputStream> response)
      throws IOException {
    List<Request.Field> fields = new ArrayList<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) ->
                values.forEach(
                    value -> fields.add(new Request.Field(name.toLowerCase(Locale.ROOT), value))));
    boolean endless =
        response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
    try (InputStream body = response.body()) {
      String content =
          !endless
              ? new String(body.readNBytes(MAX_BODY), StandardCharsets.UTF_8)
              : request.method().equals("POST") ? FirstEvent.of(body, EVENT) : "";
      return new Answer.Response(response.statusCode(), fields, content);
    }
  }

  /**
   * Whether two URLs have the same scheme, host and port.
   *
   * @param one a URL
   * @param other a URL
   * @return true if they do; a default port is equal to none
   */
  public static boolean sameOrigin(URI one, URI other) {
    return origin(one).equals(origin(other));
  }

  /**
   * Scheme, host and port.
   *
   * @param url a URL with a host
   * @return the origin, without a default port
   */
  public static String origin(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    int port = url.getPort();
    boolean usual = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    return scheme
        + "://"
        + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT)
        + (usual ? "" : ":" + port);
  }

  @Override
  public void close() {
    answers.clear();
  }
}
