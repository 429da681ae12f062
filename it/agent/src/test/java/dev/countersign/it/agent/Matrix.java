package dev.countersign.it.agent;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes what every test class of this module has seen, for the page of guarded servers: one file in
 * {@code target/agent-servers} for each class. Classes run one after the other, in each of a few
 * JVMs.
 */
public final class Matrix implements BeforeAllCallback, AfterAllCallback, TestWatcher {

  /** Where the notes go. */
  static final Path DIRECTORY = Path.of("target", "agent-servers");

  private static final Set<String> passed = new TreeSet<>();
  private static final Set<String> failed = new TreeSet<>();
  private static String server = "";

  /** For the JUnit platform. */
  public Matrix() {}

  /** Called with the artifact of every server that is started under the agent. */
  static void started(String artifact) {
    server = artifact;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    forget();
  }

  private static void forget() {
    passed.clear();
    failed.clear();
    server = "";
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    passed.add(context.getRequiredTestMethod().getName());
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    failed.add(context.getRequiredTestMethod().getName());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (!server.isEmpty()) {
      write(context.getRequiredTestClass().getName());
    }
    forget();
  }

  private static void write(String name) throws IOException {
    String file = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Path note = DIRECTORY.resolve(file + ".properties");
    passed.addAll(passedBefore(note));
    Properties row = new Properties();
    row.setProperty("class", name);
    row.setProperty("server", server);
    row.setProperty("jdk", Integer.toString(Runtime.version().feature()));
    row.setProperty("passed", String.join(" ", passed));
    row.setProperty("failed", String.join(" ", failed));
    Files.createDirectories(DIRECTORY);
    try (Writer out = Files.newBufferedWriter(note)) {
      row.store(out, null);
    }
  }

  // A test that has failed may be run again, alone, and in another JVM.
  private static List<String> passedBefore(Path note) throws IOException {
    if (Files.notExists(note)) {
      return List.of();
    }
    Properties before = new Properties();
    try (Reader in = Files.newBufferedReader(note)) {
      before.load(in);
    }
    return before.getProperty("failed").isEmpty()
        ? List.of()
        : List.of(before.getProperty("passed").split(" "));
  }
}
