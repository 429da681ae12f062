package dev.countersign.it.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Programs that are compiled while the tests run. */
final class Sources {

  private static final Path PROGRAMS = Path.of("src", "test", "programs");

  private Sources() {}

  /** The small programs of the tests, compiled into a new directory. */
  static Path programs() throws IOException {
    Path output = Files.createTempDirectory(Path.of("target"), "programs");
    try (Stream<Path> sources = Files.list(PROGRAMS)) {
      compile(sources.toList(), List.of(), output);
    }
    return output;
  }

  /**
   * Compiles.
   *
   * @param sources the files
   * @param classPath what they need
   * @param output where the classes go
   */
  static void compile(List<Path> sources, List<Path> classPath, Path output) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      String path =
          classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
      List<String> options =
          new ArrayList<>(
              List.of("--release", "17", "-parameters", "-cp", path, "-d", output.toString()));
      // Micronaut makes its beans with it; what others bring is not for the application.
      options.addAll(
          path.contains("micronaut-inject-java")
              ? List.of("-processorpath", path)
              : List.of("-proc:none"));
      if (!compiler
          .getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new IllegalStateException("does not compile: " + sources);
      }
    }
  }

  /**
   * Packs a directory: class-data sharing wants jars only.
   *
   * @param directory what goes into the jar
   * @param jar the file
   * @return the jar
   */
  static Path jar(Path directory, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(directory)) {
      // With directories, which Micronaut looks its beans up in.
      for (Path file : files.filter(one -> !one.equals(directory)).toList()) {
        boolean inner = Files.isDirectory(file);
        String name = directory.relativize(file).toString().replace('\\', '/');
        out.putNextEntry(new ZipEntry(inner ? name + "/" : name));
        if (!inner) {
          Files.copy(file, out);
        }
      }
    }
    return jar;
  }
}
