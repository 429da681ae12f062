package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the guarded JVMs of a test class log to. Most servers leave their logging to the JDK, which
 * prints it to standard error. Of the others:
 *
 * <ul>
 *   <li>Open Liberty has {@code messages.log}
 *   <li>Spring Boot and Quarkus log to standard output, and to the file that {@link #flags} name
 * </ul>
 */
final class GuardLog {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<Path> files = new ArrayList<>();

  private GuardLog() {}

  /** Called for every file that a guarded JVM logs to. */
  static synchronized void add(Path file) {
    files.add(file);
  }

  /** Called when a test class ends. */
  static synchronized void forget() {
    files.clear();
  }

  /** Flags with which Spring Boot and Quarkus log to a file as well, which is added. */
  static String[] flags() throws IOException {
    Path file = GuardedJvm.log("server");
    add(file);
    return new String[] {
      "-Dlogging.file.name=" + file,
      "-Dquarkus.log.file.enable=true",
      "-Dquarkus.log.file.path=" + file
    };
  }

  /** Waits until a JVM says that this port of it is guarded. */
  static void awaitGuarded(int port) throws IOException {
    await("port " + port + " \\([^)]+\\) is guarded");
  }

  /** Waits until a JVM says that a port of it is closed, and returns that port. */
  static int awaitClosed() throws IOException {
    MatchResult found =
        await("port (\\d+) is not guarded: .+ has answered without asking .+ it is not served");
    return Integer.parseInt(found.group(1));
  }

  /** Waits until a JVM has logged this. */
  static MatchResult await(String line) throws IOException {
    Pattern pattern = Pattern.compile(line);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<MatchResult> found = find(pattern);
    while (found.isEmpty()) {
      assertTrue(System.nanoTime() < deadline, () -> "nowhere is said: " + line);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      found = find(pattern);
    }
    return found.get();
  }

  private static synchronized Optional<MatchResult> find(Pattern line) throws IOException {
    for (Path file : files) {
      if (Files.exists(file)) {
        // Some servers print UTF-16, and what is said here is ASCII.
        String said = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\0", "");
        Matcher matcher = line.matcher(said);
        if (matcher.find()) {
          return Optional.of(matcher.toMatchResult());
        }
      }
    }
    return Optional.empty();
  }
}
