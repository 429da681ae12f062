package dev.countersign.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The tests of a source tree, as the compiler's own parser sees them: what is commented out, stands
 * in a string or is disabled does not exist. Immutable.
 *
 * @param run tests of the classes that a build starts, and of what those inherit and nest
 * @param idle all others: in a class of another name, nested without the annotation, or in a
 *     contract that nothing extends
 */
record TestSources(SortedSet<TestMethod> run, SortedSet<TestMethod> idle) {

  private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules", "target");

  /**
   * Reads the test sources of every module, and the main sources of the two modules whose contracts
   * are inherited by tests of other modules.
   *
   * @param root the root of the project
   * @return all enabled tests
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if a file is no Java source
   */
  static TestSources read(Path root) throws IOException {
    List<TestClass> types = types(root, files(root));
    Set<TestClass> running = running(types);
    SortedSet<TestMethod> run = new TreeSet<>();
    SortedSet<TestMethod> idle = new TreeSet<>();
    for (TestClass type : types) {
      (running.contains(type) ? run : idle).addAll(type.methods());
    }
    return new TestSources(run, idle);
  }

  private static List<Path> files(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return PASSED_OVER.contains(dir.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isTestSource(text(root, file))) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static boolean isTestSource(String path) {
    return path.matches("(.+/)?src/test/java/.+\\.java")
        || path.matches("(testkit|it/servlet-probe)/src/main/java/.+\\.java");
  }

  private static String text(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static List<TestClass> types(Path root, List<Path> files) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
    List<TestClass> types = new ArrayList<>();
    try (StandardJavaFileManager manager =
        javac.getStandardFileManager(faults, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              javac.getTask(
                  null,
                  manager,
                  faults,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        String path = text(root, Path.of(unit.getSourceFile().toUri()));
        for (Tree declaration : unit.getTypeDecls()) {
          if (declaration instanceof ClassTree type) {
            types.addAll(TestClass.in(type, path));
          }
        }
      }
    }
    refuse(faults);
    return types;
  }

  private static void refuse(DiagnosticCollector<JavaFileObject> faults) {
    String errors =
        faults.getDiagnostics().stream()
            .filter(fault -> fault.getKind() == Diagnostic.Kind.ERROR)
            .map(Diagnostic::toString)
            .collect(Collectors.joining("\n"));
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("not Java:\n" + errors);
    }
  }

  // A type runs as an entry of the build, with the type around it, or through a type that extends
  // it.
  private static Set<TestClass> running(List<TestClass> types) {
    Set<TestClass> running = new HashSet<>();
    int before;
    do {
      before = running.size();
      for (TestClass type : types) {
        if (type.entry()
            || running.stream().anyMatch(other -> other.supertypes().contains(type.simpleName()))
            || type.nested() && running.stream().anyMatch(type::isInside)) {
          running.add(type);
        }
      }
    } while (running.size() > before);
    return running;
  }
}
