package dev.countersign.it.modulepath;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The libraries on the module path, in a JVM of their own. */
class ModulePathTest {

  @Test
  void runsOnTheModulePath() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modulePath(),
                "--module",
                "dev.countersign.it.modulepath/" + Application.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(
        List.of("dev.countersign.core", "dev.countersign.servlet"), output.lines().toList());
    assertEquals(0, process.waitFor());
  }

  // What the application needs at run time; the JARs of the test framework stay outside.
  private static String modulePath() {
    List<String> needed =
        List.of(
            "countersign-",
            "/core/",
            "servlet",
            "nimbus",
            "jackson-core",
            "caffeine",
            "module-path");
    return String.join(
        File.pathSeparator,
        List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
            .filter(entry -> !entry.endsWith("test-classes"))
            .filter(entry -> needed.stream().anyMatch(entry::contains))
            .toList());
  }
}
