package dev.countersign.it.agent;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes what every test class of this module has shown, for the page of guarded servers: one file
 * in {@code target/agent-servers} for each class. Classes run one after the other, in each of a few
 * JVMs.
 */
public final class Matrix implements BeforeAllCallback, AfterAllCallback, TestWatcher {

  private static final Path DIRECTORY = Path.of("target", "agent-servers");

  // Between the parts of a line of a note.
  private static final String BAR = " | ";

  private static final String JDK = Integer.toString(Runtime.version().feature());

  private static final Set<String> shown = new TreeSet<>();
  private static final Set<String> failed = new TreeSet<>();
  private static boolean hasPassed;
  private static Optional<Server> server = Optional.empty();

  /** For the JUnit platform. */
  public Matrix() {}

  /** Called for every server that is started under the agent. */
  static void started(Server started) {
    server = Optional.of(started);
  }

  /** Called for what the tests of a class, if they pass, show of the server started last. */
  static void shows(Sight... sights) {
    Server seen = server.orElseThrow();
    for (Sight sight : sights) {
      shown.add(
          String.join(BAR, seen.name(), seen.version(), seen.application(), sight.toString()));
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    forget();
  }

  private static void forget() {
    shown.clear();
    failed.clear();
    hasPassed = false;
    server = Optional.empty();
    GuardLog.forget();
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    hasPassed = true;
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    failed.add(context.getRequiredTestMethod().getName());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (hasPassed && !shown.isEmpty()) {
      write(context.getRequiredTestClass().getName());
    }
    forget();
  }

  private static void write(String name) throws IOException {
    String file = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Path note = DIRECTORY.resolve(file + ".properties");
    shown.addAll(shownBefore(note));
    Properties row = new Properties();
    row.setProperty("class", name);
    row.setProperty("jdk", JDK);
    row.setProperty("shown", String.join("\n", shown));
    row.setProperty("failed", String.join(" ", failed));
    Files.createDirectories(DIRECTORY);
    try (Writer out = Files.newBufferedWriter(note)) {
      row.store(out, null);
    }
  }

  // A test that has failed may be run again, alone, and in another JVM.
  private static List<String> shownBefore(Path note) throws IOException {
    if (Files.notExists(note)) {
      return List.of();
    }
    Properties before = read(note);
    return before.getProperty("failed").isEmpty()
        ? List.of()
        : before.getProperty("shown").lines().toList();
  }

  private static Properties read(Path note) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(note)) {
      properties.load(in);
    }
    return properties;
  }

  /** What the classes have shown that have run on this JDK and in which nothing has failed. */
  static Map<Server, Set<Sight>> shown() throws IOException {
    Map<Server, Set<Sight>> all = new HashMap<>();
    try (DirectoryStream<Path> notes = Files.newDirectoryStream(DIRECTORY)) {
      for (Path note : notes) {
        Properties properties = read(note);
        if (properties.getProperty("jdk").equals(JDK)
            && properties.getProperty("failed").isEmpty()) {
          properties.getProperty("shown").lines().forEach(line -> add(line, all));
        }
      }
    }
    return all;
  }

  private static void add(String line, Map<Server, Set<Sight>> all) {
    String[] part = line.split(Pattern.quote(BAR));
    all.computeIfAbsent(
            new Server(part[0], part[1], part[2]), server -> EnumSet.noneOf(Sight.class))
        .add(Sight.valueOf(part[3]));
  }
}
