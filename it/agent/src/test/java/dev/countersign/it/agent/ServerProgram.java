package dev.countersign.it.agent;

import com.fasterxml.jackson.core.JsonFactory;
import dev.countersign.ResourceServer;
import dev.countersign.testkit.ProbeProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server of one version with the probe as its application: sources in {@code src/test/servers},
 * compiled here against that version, so that one source serves many versions and one module many
 * servers that cannot share a class path.
 *
 * @param name the directory of the sources, and the main class in it: {@code tomcat/TomcatServer}
 * @param libraries the coordinates of the server; empty if it is the JDK's own
 * @param servlets the package of the servlet API, {@code jakarta.servlet} or {@code javax.servlet};
 *     empty if the server has none
 */
record ServerProgram(String name, List<String> libraries, String servlets) {

  private static final Map<ServerProgram, Path> COMPILED = new ConcurrentHashMap<>();
  private static final Path SOURCES = Path.of("src", "test", "servers");

  private static final Path SERVLET_PROBE =
      Path.of("..", "servlet-probe", "src", "main", "java", "dev", "countersign", "it", "servlet");

  String mainClass() {
    return name.substring(name.indexOf('/') + 1);
  }

  /** The coordinates that the program is written against: the first that are no table. */
  String library() {
    return libraries.stream()
        .filter(one -> !one.contains(":pom:"))
        .findFirst()
        .orElseThrow()
        .split("=", 2)[0];
  }

  /** The names of the jars that it runs on, but for the ones of this project. */
  List<String> jars() {
    return Libraries.of(libraries).stream()
        .flatMap(jar -> Stream.concat(Stream.of(jar), packed(jar)))
        .map(jar -> jar.getFileName().toString())
        .toList();
  }

  // What Quarkus lays beside the jar that it is started by.
  private static Stream<Path> packed(Path jar) {
    Path directory = jar.resolveSibling("lib").resolve("main");
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    try (Stream<Path> jars = Files.list(directory)) {
      return jars.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class path of a JVM that runs it. */
  String classPath() {
    List<Path> path = new ArrayList<>(Libraries.of(libraries));
    path.addAll(0, testkit());
    path.add(0, COMPILED.computeIfAbsent(this, program -> program.compiled(path)));
    return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  // The probe and what it stands on, as this JVM has them.
  private static List<Path> testkit() {
    return Stream.of(ProbeProcess.class, ResourceServer.class, JsonFactory.class)
        .map(Libraries::origin)
        .toList();
  }

  private Path compiled(List<Path> classPath) {
    try {
      Path work = Files.createTempDirectory(Path.of("target"), mainClass());
      List<Path> sources = new ArrayList<>();
      for (Path source : sources()) {
        String text = Files.readString(source);
        if (!servlets.isEmpty()) {
          text = text.replace("jakarta.servlet", servlets);
        }
        sources.add(Files.writeString(work.resolve(source.getFileName()), text));
      }
      Sources.compile(sources, classPath, work);
      return Sources.jar(work, Path.of(work + ".jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES.resolve(name).getParent())) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
    if (!servlets.isEmpty()) {
      sources.add(SERVLET_PROBE.resolve("ProbeServlet.java"));
      sources.add(SERVLET_PROBE.resolve("ServletCall.java"));
    }
    return sources;
  }
}
