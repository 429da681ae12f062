package dev.countersign.testkit;

import dev.countersign.http.FieldLine;
import dev.countersign.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The application behind the gate. It says what reached it, on the wire and to the test, and takes
 * its behaviour from the request field {@code Probe}:
 *
 * <ul>
 *   <li>absent: 200 with method, path and user as JSON
 *   <li>{@code status NNN}: that status, with {@code Allow: POST} if it is 405
 *   <li>{@code challenge}: 401 with a challenge of its own
 *   <li>{@code stream}: two events, the second one when {@link #releaseStream()} says so
 *   <li>{@code later}: as without the field, but from another thread
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class ProbeApplication implements Observed {

  /** The request field that says what to do. */
  public static final String PROBE = "Probe";

  /** The challenge of the application itself. */
  static final String OWN_CHALLENGE = "Basic realm=\"application\"";

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Boolean> releases = new LinkedBlockingQueue<>();

  /** An application that nobody has called yet. */
  public ProbeApplication() {}

  /**
   * What reached the application. Immutable.
   *
   * @param method the method
   * @param path the raw path
   * @param user the name of the user
   * @param body the body, as ISO 8859-1, so that every byte is kept
   * @param fields the fields that a test may ask about, by their lower-case names
   */
  public record Seen(
      String method,
      String path,
      Optional<String> user,
      String body,
      Map<String, List<String>> fields) {

    /** Copies the map. */
    public Seen {
      fields = Map.copyOf(fields);
    }
  }

  /**
   * Handles one request. The attachment calls it for every request that the server routes to the
   * application.
   *
   * @param call the request and the way to its response
   * @throws IOException if the response cannot be written
   */
  public void handle(Call call) throws IOException {
    List<String> probe = call.headers(PROBE);
    String wish = probe.isEmpty() ? "" : probe.get(0);
    if (wish.equals("later")) {
      call.later(() -> echo(call));
      return;
    }
    if (wish.equals("stream")) {
      note(call);
      stream(call);
    } else if (wish.equals("challenge")) {
      note(call);
      call.respond(
          Response.json(401, List.of(new FieldLine("WWW-Authenticate", OWN_CHALLENGE)), "{}"));
    } else if (wish.startsWith("status ")) {
      note(call);
      call.respond(status(Integer.parseInt(wish.substring("status ".length()))));
    } else {
      echo(call);
    }
  }

  private Seen note(Call call) throws IOException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String name : List.of("authorization", "content-type", "mcp-param-x", "mcp-session-id")) {
      fields.put(name, List.copyOf(call.headers(name)));
    }
    String body = new String(call.body(), StandardCharsets.ISO_8859_1);
    Seen one = new Seen(call.method(), call.path(), call.user(), body, fields);
    seen.add(one);
    return one;
  }

  private void echo(Call call) throws IOException {
    Seen one = note(call);
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("method", one.method());
    said.put("path", one.path());
    said.put("user", one.user().orElse(""));
    said.put("length", one.body().length());
    call.respond(Response.json(200, List.of(), StrictJson.write(said)));
  }

  private static Response status(int status) {
    List<FieldLine> fields = status == 405 ? List.of(new FieldLine("Allow", "POST")) : List.of();
    return Response.json(status, fields, "{\"application\":" + status + "}");
  }

  private void stream(Call call) throws IOException {
    try (OutputStream out = call.stream("text/event-stream")) {
      out.write("data: one\n\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String second = awaitRelease() ? "data: two\n\n" : "data: never released\n\n";
      out.write(second.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private boolean awaitRelease() {
    try {
      return releases.poll(10, TimeUnit.SECONDS) != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Lets one waiting stream send its second event. */
  @Override
  public void releaseStream() {
    releases.add(true);
  }

  /**
   * How many requests reached the application.
   *
   * @return the number since the last {@link #clear()}
   */
  @Override
  public int invocations() {
    return seen.size();
  }

  /**
   * What reached the application.
   *
   * @return every request since the last {@link #clear()}
   */
  @Override
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Forgets what was seen. */
  @Override
  public void clear() {
    seen.clear();
    releases.clear();
  }
}
