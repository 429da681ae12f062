import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the application of {@code it/quarkus} by its own main class, and says where it listens,
 * which Quarkus itself writes into its log.
 */
public final class QuarkusServer {

  public static void main(String[] arguments) throws Exception {
    System.setOut(new PrintStream(new Listening(System.out), true, StandardCharsets.UTF_8));
    Thread end = new Thread(QuarkusServer::endWithInput);
    end.setDaemon(true);
    end.start();
    // A class of Quarkus' own jar, which is on the class path and needs none to compile this.
    Class.forName("io.quarkus.bootstrap.runner.QuarkusEntryPoint")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  private static void endWithInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // As good as its end.
    }
    Runtime.getRuntime().halt(0);
  }

  /** Looks for the line about the port. */
  private static final class Listening extends OutputStream {

    private static final Pattern PORT = Pattern.compile("Listening on: (http://[^\\s,]+)");

    private final PrintStream out;
    private final StringBuilder line = new StringBuilder();

    Listening(PrintStream out) {
      this.out = out;
    }

    @Override
    public synchronized void write(int octet) {
      out.write(octet);
      if (octet != '\n') {
        line.append((char) octet);
        return;
      }
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        out.println(System.lineSeparator() + "probe " + port.group(1));
      }
      line.setLength(0);
    }
  }
}
