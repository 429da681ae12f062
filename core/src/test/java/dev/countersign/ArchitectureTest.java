package dev.countersign;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

  private static final String BASE = "dev.countersign";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importUrl(ResourceServer.class.getProtectionDomain().getCodeSource().getLocation());

  /** The packages of the kit and of others that each package may use, beside the JDK's. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "", Set.of("config", "token", "listener", "mcp", "spi", "oauth", "http", "internal"),
          "config", Set.of("token", "mcp", "spi", "oauth", "http", "internal"),
          "token",
              Set.of(
                  "spi",
                  "oauth",
                  "internal",
                  "com.nimbusds.jose",
                  "com.github.benmanes.caffeine.cache"),
          "listener", Set.of("spi", "oauth", "java.lang.management", "javax.management"),
          "mcp", Set.of("spi", "oauth", "internal"),
          "spi", Set.of("oauth", "http"),
          "oauth", Set.of("internal"),
          "http", Set.of(),
          "internal",
              Set.of(
                  "com.fasterxml.jackson.core",
                  "java.net.http",
                  "javax.net.ssl",
                  "org.snakeyaml.engine.v2"));

  // All of java.base that a library like this one has a use for.
  private static final Pattern JDK =
      Pattern.compile(
          "java\\.(io|lang|lang\\.(invoke|ref|reflect|runtime)|math|net|nio(\\..+)?|security(\\..+)?|text|time(\\..+)?|util|"
              + "util\\.(concurrent(\\..+)?|function|regex|stream|zip))|javax\\.crypto(\\..+)?");

  private static String packageOf(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.equals(BASE) || name.startsWith(BASE + ".")
        ? name.substring(BASE.length()).replaceFirst("^\\.", "")
        : name;
  }

  private static boolean isAllowed(Dependency dependency) {
    String from = packageOf(dependency.getOriginClass());
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    String to = packageOf(target);
    return target.isPrimitive()
        || from.equals(to)
        || JDK.matcher(to).matches()
        || to.equals("org.jspecify.annotations")
        || ALLOWED.get(from).stream()
            .anyMatch(name -> to.equals(name) || (name.contains(".") && to.startsWith(name + ".")));
  }

  @Test
  void importsOnlyWhatTheTableAllows() {
    assertTrue(CLASSES.size() > 100);
    assertEquals(
        new TreeSet<>(),
        CLASSES.stream()
            .filter(type -> !type.getSimpleName().equals("module-info"))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> !isAllowed(dependency))
            .map(Dependency::getDescription)
            .collect(toCollection(TreeSet::new)));
  }

  @Test
  void everyPackageIsInTheTable() {
    assertEquals(
        new TreeSet<>(ALLOWED.keySet()),
        CLASSES.stream()
            .filter(type -> !type.getSimpleName().equals("module-info"))
            .map(ArchitectureTest::packageOf)
            .collect(toCollection(TreeSet::new)));
  }

  @Test
  void theTableHasNoCycle() {
    Set<String> done = new HashSet<>();
    boolean more = true;
    while (more) {
      more =
          ALLOWED.entrySet().stream()
              .filter(entry -> !done.contains(entry.getKey()))
              .filter(
                  entry ->
                      entry.getValue().stream()
                          .allMatch(name -> name.contains(".") || done.contains(name)))
              .map(Map.Entry::getKey)
              .toList()
              .stream()
              .anyMatch(done::add);
    }
    assertEquals(ALLOWED.keySet(), done);
  }

  private static String signature(JavaAccess<?> access) {
    String parameters =
        access.getTarget()
                instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget call
            ? String.join(
                ",", call.getRawParameterTypes().stream().map(JavaClass::getSimpleName).toList())
            : "";
    return access.getTargetOwner().getSimpleName()
        + "."
        + access.getTarget().getName()
        + "("
        + parameters
        + ")";
  }

  private static Set<String> callsOf(Set<String> forbidden) {
    return CLASSES.stream()
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(access -> forbidden.contains(signature(access)))
        .map(JavaAccess::getDescription)
        .collect(toCollection(TreeSet::new));
  }

  @Test
  void AG25_AG26_noTextDependsOnTheMachine() {
    assertEquals(
        Set.of(),
        callsOf(
            Set.of(
                "String.getBytes()",
                "String.toLowerCase()",
                "String.toUpperCase()",
                "String.<init>(byte[])",
                "String.<init>(byte[],int,int)",
                "String.format(String,Object[])",
                "String.formatted(Object[])",
                "InputStreamReader.<init>(InputStream)",
                "OutputStreamWriter.<init>(OutputStream)",
                "FileReader.<init>(File)",
                "FileReader.<init>(String)",
                "FileWriter.<init>(File)",
                "PrintStream.<init>(OutputStream)",
                "Scanner.<init>(InputStream)",
                "ByteArrayOutputStream.toString()",
                "Charset.defaultCharset()",
                "Locale.getDefault()",
                "TimeZone.getDefault()",
                "ZoneId.systemDefault()",
                "Clock.systemDefaultZone()",
                "LocalDateTime.now()")));
  }

  @Test
  void AG25_theCheckSeesSuchACall() {
    JavaClass own = new ClassFileImporter().importClass(Careless.class);

    assertEquals(
        Set.of(
            "String.getBytes()",
            "String.toLowerCase()",
            "InputStreamReader.<init>(InputStream)",
            "OutputStreamWriter.<init>(OutputStream)"),
        own.getAccessesFromSelf().stream()
            .map(ArchitectureTest::signature)
            .filter(s -> !s.startsWith("Object") && !s.startsWith("ByteArray"))
            .collect(toCollection(HashSet::new)));
  }

  @SuppressWarnings("unused") // only its bytecode is looked at
  private static final class Careless {

    static void careless() {
      "A".toLowerCase().getBytes();
      new InputStreamReader(new java.io.ByteArrayInputStream(new byte[0]));
      new OutputStreamWriter(new java.io.ByteArrayOutputStream());
    }
  }

  @Test
  void AG24_AG25_nothingDangerousIsCalled() {
    assertEquals(
        Set.of(),
        callsOf(
            Set.of(
                "Runtime.exec(String)",
                "Runtime.exec(String[])",
                "ProcessBuilder.start()",
                "Class.forName(String)",
                "ObjectInputStream.readObject()",
                "System.exit(int)",
                "Random.<init>()",
                "Math.random()",
                "Throwable.printStackTrace()",
                "Thread.sleep(long)",
                "URL.openStream()",
                "URL.openConnection()")));
    assertEquals(
        List.of(),
        CLASSES.stream()
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .filter(access -> access.getTargetOwner().isEquivalentTo(System.class))
            .map(JavaAccess::getDescription)
            .toList());
  }

  // A thread that waits inside synchronized pins the carrier of its virtual thread.
  @Test
  void AG25_nothingIsSynchronized() throws IOException {
    assertEquals(
        List.of(),
        CLASSES.stream()
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(unit -> unit.getModifiers().contains(JavaModifier.SYNCHRONIZED))
            .map(JavaCodeUnit::getFullName)
            .toList());

    Pattern block = Pattern.compile("\\bsynchronized\\s*\\(");
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (block.matcher(Files.readString(file)).find()) {
          found.add(file);
        }
      }
    }
    assertEquals(List.of(), found);
  }

  @Test
  void LG17_tokensAreNotSerializable() {
    assertEquals(
        List.of(),
        CLASSES.stream()
            .filter(type -> type.getPackageName().equals(BASE + ".oauth") && !type.isEnum())
            // What is thrown has no choice, and holds no token.
            .filter(type -> !type.isAssignableTo(Throwable.class))
            .filter(type -> type.isAssignableTo(java.io.Serializable.class))
            .map(JavaClass::getName)
            .toList());
  }
}
