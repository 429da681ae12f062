package dev.countersign.it.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What lies in the jar of the agent beside what runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentJarIT {

  private static final String INSIDE = "inside/";
  private static final String OWN = "dev.countersign.";
  private static final String LICENSES = "META-INF/licenses/";

  private JarFile jar;

  @BeforeAll
  void open() throws IOException {
    jar = new JarFile(GuardedJvm.agent().toFile());
  }

  @AfterAll
  void close() throws IOException {
    jar.close();
  }

  @Test
  void isSmall() throws IOException {
    long size = Files.size(GuardedJvm.agent());

    assertTrue(size <= 6_000_000, () -> size + " bytes");
  }

  private String text(String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    assertNotNull(entry, name);
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void hasTheLicenseAndTheNotice() throws IOException {
    for (String name : List.of("LICENSE", "NOTICE")) {
      assertEquals(Files.readString(Path.of("..", "..", name)), text("META-INF/" + name));
    }
  }

  // Its lines without a blank in front are packages.
  @Test
  void theNoticeNamesEveryPackageOfOthers() throws IOException {
    List<String> named =
        text("META-INF/NOTICE").lines().filter(line -> line.matches("[a-z0-9.]+")).toList();

    List<String> unnamed =
        jar.stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(INSIDE) && name.endsWith(".classdata"))
            .map(name -> name.substring(INSIDE.length()).replace('/', '.'))
            .filter(name -> !name.startsWith(OWN))
            .filter(name -> named.stream().noneMatch(one -> name.startsWith(one + ".")))
            .toList();
    assertEquals(List.of(), unnamed);
  }

  @Test
  void hasTheLicensesThatTheLibrariesCarry() throws IOException {
    assertTrue(text(ofLibrary("byte-buddy", "ASM")).contains("INRIA, France Telecom"));
    assertTrue(text(ofLibrary("byte-buddy", "NOTICE")).contains("Rafael Winterhalter"));
    assertTrue(text(ofLibrary("caffeine", "LICENSE")).contains("Apache License"));
    assertTrue(text(ofLibrary("jackson-core", "NOTICE")).contains("Schubfach"));
    for (String name : List.of("FastDoubleParser-LICENSE", "Schubfach-LICENSE")) {
      assertTrue(text(ofLibrary("jackson-core", name)).contains("Permission is hereby granted"));
    }
  }

  /** The name of an entry in the folder of a library, whatever its version. */
  private String ofLibrary(String library, String file) {
    return jar.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith(LICENSES + library + "-") && name.endsWith("/" + file))
        .findFirst()
        .orElseThrow(() -> new AssertionError(library + " " + file));
  }

  @Test
  void saysItsVersion() throws Exception {
    String version =
        jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);

    assertTrue(version.startsWith("0."), version);
    assertEquals("countersign-javaagent " + version, firstLine("--version"));
    assertTrue(firstLine("--help").startsWith("Countersign agent " + version + ": "));
  }

  private static String firstLine(String argument) throws IOException, InterruptedException {
    Process process = GuardedJvm.command(argument);
    try (var out = process.inputReader()) {
      return out.readLine();
    } finally {
      assertEquals(0, process.waitFor());
    }
  }
}
