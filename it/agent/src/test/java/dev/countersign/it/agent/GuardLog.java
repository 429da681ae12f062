package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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
    Pattern line = Pattern.compile("port " + port + " \\([^)]+\\) is guarded");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isThere(line)) {
      assertTrue(System.nanoTime() < deadline, () -> "nowhere is said: " + line);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static synchronized boolean isThere(Pattern line) throws IOException {
    for (Path file : files) {
      if (Files.exists(file) && line.matcher(Files.readString(file)).find()) {
        return true;
      }
    }
    return false;
  }
}
