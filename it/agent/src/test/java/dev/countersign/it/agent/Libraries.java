package dev.countersign.it.agent;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/** Artifacts with everything that they need, by the repositories and mirrors that Maven uses. */
final class Libraries {

  private static final Path LOCK = Path.of("target", "libraries.lock");

  private static final Map<List<String>, List<Path>> RESOLVED = new ConcurrentHashMap<>();

  private Libraries() {}

  /**
   * A class path.
   *
   * @param coordinates {@code group:artifact:version}, each; {@code group:artifact:pom:version} is
   *     a table of versions, imported in this order; {@code group:artifact:version=path}, alone, is
   *     a jar that another module has built
   */
  static List<Path> of(List<String> coordinates) {
    if (coordinates.isEmpty()) {
      return List.of();
    }
    int path = coordinates.get(0).indexOf('=');
    if (path >= 0) {
      return List.of(Path.of(coordinates.get(0).substring(path + 1)));
    }
    return RESOLVED.computeIfAbsent(
        List.copyOf(coordinates),
        all -> Arrays.stream(alone(() -> resolved(all))).map(File::toPath).toList());
  }

  /**
   * What is fetched and unpacked is shared by the JVMs that run tests at the same time: only one of
   * them does so.
   */
  static synchronized <T> T alone(Supplier<T> work) {
    try (FileChannel file = FileChannel.open(LOCK, CREATE, WRITE)) {
      // Until it is closed.
      file.lock();
      return work.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File[] resolved(List<String> coordinates) {
    List<String> tables = coordinates.stream().filter(one -> one.contains(":pom:")).toList();
    List<String> jars = coordinates.stream().filter(one -> !tables.contains(one)).toList();
    return (tables.isEmpty()
            ? Maven.resolver().resolve(jars)
            : Maven.resolver().loadPomFromFile(pom(tables).toFile()).resolve(jars))
        .withTransitivity()
        .asFile();
  }

  private static Path pom(List<String> tables) {
    String imports =
        tables.stream()
            .map(one -> one.split(":"))
            .map(
                part ->
                    """
                    <dependency><groupId>%s</groupId><artifactId>%s</artifactId>\
                    <version>%s</version><type>pom</type><scope>import</scope></dependency>\
                    """
                        .formatted(part[0], part[1], part[3]))
            .collect(Collectors.joining());
    String pom =
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>none</groupId>\
        <artifactId>none</artifactId><version>1</version><dependencyManagement><dependencies>\
        %s</dependencies></dependencyManagement></project>\
        """
            .formatted(imports);
    try {
      return Files.writeString(Files.createTempFile(Path.of("target"), "versions", ".xml"), pom);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One artifact of any type, {@code group:artifact:type:version}, and nothing that it needs. */
  static Path file(String coordinates) {
    return alone(
        () -> Maven.resolver().resolve(coordinates).withoutTransitivity().asSingleFile().toPath());
  }

  /** Unpacks a zip file. */
  static void unpack(Path zip, Path into) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = into.resolve(entry.getName());
        Files.createDirectories(entry.isDirectory() ? file : file.getParent());
        if (!entry.isDirectory()) {
          Files.copy(in, file);
        }
      }
    }
  }

  /** The jar or directory that a class has come from. */
  static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
