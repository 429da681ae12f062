package dev.countersign.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The side of {@link ServerProcessContract} that runs in the process of the server: says where the
 * server listens and what reached its application, over the standard streams. Its end is the end of
 * standard input.
 *
 * <pre>
 * lines in:  seen | clear | release
 * lines out: probe URI, then for each line in: probe JSON
 * </pre>
 */
public final class ProbeProcess {

  /** How a line for the test begins; the server may print others. */
  static final String PREFIX = "probe ";

  private ProbeProcess() {}

  /**
   * Serves the test until it closes standard input, or dies.
   *
   * @param application the application of the server
   * @param uri where the server listens
   * @throws IOException if the streams are broken
   */
  public static void serve(ProbeApplication application, URI uri) throws IOException {
    serve(application, uri, System.in, System.out);
  }

  static void serve(ProbeApplication application, URI uri, InputStream in, PrintStream out)
      throws IOException {
    say(out, uri.toString());
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      switch (line) {
        case "seen" -> say(out, seen(application));
        case "clear" -> {
          application.clear();
          say(out, "{}");
        }
        case "release" -> {
          application.releaseStream();
          say(out, "{}");
        }
        default -> throw new IOException("expected seen, clear or release");
      }
    }
  }

  // One write, so that nothing of the server comes between.
  private static void say(PrintStream out, String text) {
    out.print(System.lineSeparator() + PREFIX + text + System.lineSeparator());
    out.flush();
  }

  private static String seen(ProbeApplication application) {
    List<Map<String, Object>> all = application.seen().stream().map(ProbeProcess::written).toList();
    return StrictJson.write(Map.of("seen", all));
  }

  private static Map<String, Object> written(ProbeApplication.Seen one) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("method", one.method());
    written.put("path", one.path());
    one.user().ifPresent(user -> written.put("user", user));
    written.put("body", one.body());
    written.put("fields", one.fields());
    return written;
  }
}
