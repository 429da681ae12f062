package dev.countersign.it.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/** An agent behind ours, which tells what ours has made of each class. */
final class WovenObserver {

  private static final String LINE = "woven ";

  private WovenObserver() {}

  /** The flag of the JVM. */
  static String flag() throws IOException {
    Path classes = Files.createTempDirectory(Path.of("target"), "observer");
    Sources.compile(
        List.of(Path.of("src", "test", "programs", "WovenClasses.java")), List.of(), classes);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "WovenClasses");
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    Path jar = Path.of(classes + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new ZipEntry("WovenClasses.class"));
      Files.copy(classes.resolve("WovenClasses.class"), out);
    }
    return "-javaagent:" + jar;
  }

  /** The classes of clients among those that were told. */
  static Set<String> clients(String log) {
    return log.lines()
        .filter(line -> line.startsWith(LINE))
        .map(line -> line.substring(LINE.length()))
        // What listens is woven always, and the weaver knows the gate's name.
        .filter(name -> !name.contains("httpserver") && !name.contains("Socket"))
        .filter(name -> !name.startsWith("dev/countersign/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
