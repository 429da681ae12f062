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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The application behind the gate. It says what reached it, on the wire and to the test, and takes
 * its behaviour from the request field {@code Probe}:
 *
 * <ul>
 *   <li>absent: 200 with method, path and user as JSON
 *   <li>{@code status NNN}: that status, with {@code Allow: POST} if it is 405
 *   <li>{@code challenge}: 401 with a challenge of its own
 *   <li>{@code stream}: two events, the second one when {@link #releaseStream()} says so
 *   <li>{@code answer NNN}: that status with the field lines that the values of {@code Probe-Field}
 *       are
 *   <li>{@code list NNN}: a list of so many tools
 *   <li>{@code reset NNN}: the same, after an answer with other fields was taken back
 *   <li>{@code error NNN}: the server's own page for that status
 *   <li>{@code throw}: an exception
 *   <li>{@code flush NNN}: as {@code answer}, with the head sent before the body is written
 *   <li>{@code long NNN}: as {@code answer}, with a body that is longer than what servers hold back
 *   <li>{@code later} and a wish: as that, but from another thread
 *   <li>{@code again} and a wish: as that, but the second time that the server hands the request on
 * </ul>
 *
 * <p>Its answers to {@code answer NNN}, and the first event of its streams, are the value of {@code
 * Probe-Body}, if there is one.
 *
 * <p>Thread-safe.
 */
public final class ProbeApplication implements Observed {

  /** The request field that says what to do. */
  public static final String PROBE = "Probe";

  /** The request field with a line of the response, as {@code Name: value}. */
  public static final String FIELD = "Probe-Field";

  /** The request field with the body of the response, in ASCII. */
  public static final String BODY = "Probe-Body";

  /** The challenge of the application itself. */
  static final String OWN_CHALLENGE = "Basic realm=\"application\"";

  private static final int LONG = 200_000;

  private static final List<FieldLine> CHALLENGED =
      List.of(new FieldLine("WWW-Authenticate", OWN_CHALLENGE));

  private static final List<String> ASKED =
      List.of(
          "authorization",
          "content-type",
          "dpop",
          "mcp-param-x",
          "mcp-session-id",
          "remote-user",
          "x-auth-request-user",
          "x-forwarded-user",
          "x-principal",
          "x-remote-user",
          "x-scopes",
          "x-tenant",
          "x-user",
          "x-username");

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
    if (wish.startsWith("later")) {
      String then = wish.substring("later".length()).strip();
      call.later(() -> obey(then, call));
    } else if (wish.startsWith("again")) {
      if (!call.again()) {
        obey(wish.substring("again".length()).strip(), call);
      }
    } else {
      obey(wish, call);
    }
  }

  private void obey(String wish, Call call) throws IOException {
    if (wish.isEmpty() || wish.equals("echo")) {
      echo(call);
      return;
    }
    note(call);
    int space = wish.indexOf(' ');
    int status = space < 0 ? 0 : Integer.parseInt(wish.substring(space + 1));
    switch (space < 0 ? wish : wish.substring(0, space)) {
      case "stream" -> stream(call);
      case "challenge" -> call.respond(json(401, CHALLENGED));
      case "status" -> call.respond(status(status));
      case "answer" -> call.respond(Response.json(status, lines(call), body(call, "{}")));
      case "flush" -> call.respondHeadFirst(Response.json(status, lines(call), "{}"));
      case "long" -> call.respond(Response.json(status, lines(call), "{" + " ".repeat(LONG) + "}"));
      case "reset" -> {
        call.discard(json(status, CHALLENGED));
        call.respond(json(status, lines(call)));
      }
      case "error" -> call.error(status);
      case "throw" -> throw new IllegalStateException("the probe fails, as was asked for");
      case "list" -> call.respond(Response.json(200, List.of(), list(status)));
      default -> throw new IllegalArgumentException("the probe does not know '" + wish + "'");
    }
  }

  // Of tools, every other one read_file: longer than what servers hold back by themselves.
  private static String list(int length) {
    String tools =
        IntStream.range(0, length)
            .mapToObj(i -> i % 2 == 0 ? "{\"name\":\"read_file\"}" : "{\"name\":\"other\"}")
            .collect(Collectors.joining(","));
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[" + tools + "]}}";
  }

  private static Response json(int status, List<FieldLine> fields) {
    return Response.json(status, fields, "{}");
  }

  private static String body(Call call, String otherwise) {
    List<String> wished = call.headers(BODY);
    return wished.isEmpty() ? otherwise : wished.get(0);
  }

  private static List<FieldLine> lines(Call call) {
    return call.headers(FIELD).stream()
        .map(line -> line.split(": ", 2))
        .map(parts -> new FieldLine(parts[0], parts[1]))
        .toList();
  }

  private Seen note(Call call) throws IOException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String name : ASKED) {
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
      String first = "data: " + body(call, "one") + "\n\n";
      out.write(first.getBytes(StandardCharsets.US_ASCII));
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
