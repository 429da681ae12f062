package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSourcesTest {

  @TempDir Path root;

  @Test
  void findsEveryKindOfTest() throws IOException {
    write(
        "core/src/test/java/a/OneTest.java",
        """
        package a;
        class OneTest {
          @Test void plain() {}
          @org.junit.jupiter.api.Test void qualified() {}
          @ParameterizedTest @MethodSource("rows") void table(Row row) {}
          @TestFactory List<DynamicTest> made() { return List.of(); }
          @RepeatedTest(3) void again() {}
          @BeforeEach void start() {}
          void helper() {}
        }
        """);

    assertEquals(
        List.of(
            "OneTest.again", "OneTest.made", "OneTest.plain", "OneTest.qualified", "OneTest.table"),
        found());
  }

  @Test
  void passesOverWhatIsCommentedOutQuotedOrDisabled() throws IOException {
    write(
        "core/src/test/java/a/OneTest.java",
        """
        class OneTest {
          // @Test void C01_inLineComment() {}
          /* @Test void C02_inBlockComment() {} */
          String code = "@Test void C03_inString() {}";
          @Test @Disabled void C04_disabled() {}
          @Disabled("later") @Test void C05_disabledWithReason() {}
          @Test void C06_runs() {}
        }
        """);
    write(
        "core/src/test/java/a/TwoTest.java", "@Disabled class TwoTest { @Test void C07_off() {} }");

    assertEquals(List.of("OneTest.C06_runs"), found());
    assertEquals(List.of(), idle());
  }

  @Test
  void countsNestedClassesOnlyWhenTheyRun() throws IOException {
    write(
        "core/src/test/java/a/OneTest.java",
        """
        class OneTest {
          @Nested class Inner { @Nested class Deep { @Test void deep() {} } @Test void inner() {} }
          @Nested @Disabled class Off { @Nested class Below { @Test void below() {} } }
          static class NotNested { @Test void forgotten() {} }
        }
        """);

    assertEquals(List.of("OneTest.Inner.inner", "OneTest.Inner.Deep.deep"), found());
    assertEquals(List.of("OneTest.NotNested.forgotten"), idle());
  }

  @Test
  void countsContractsOnlyThroughWhatExtendsThem() throws IOException {
    String contract = "testkit/src/main/java/k/";
    write(contract + "AContract.java", "public abstract class AContract { @Test void a() {} }");
    write(contract + "BContract.java", "public interface BContract { @Test default void b() {} }");
    write(contract + "CContract.java", "public abstract class CContract { @Test void c() {} }");
    write(
        "it/jetty/src/test/java/j/JettyIT.java",
        """
        abstract class Servlets extends k.AContract implements BContract {}
        class JettyIT extends Servlets {}
        @Disabled class CIT extends CContract {}
        """);

    assertEquals(List.of("AContract.a", "BContract.b"), found());
    assertEquals(List.of("CContract.c"), idle());
  }

  @Test
  void countsNoClassThatNoBuildStarts() throws IOException {
    write("core/src/test/java/a/Checks.java", "class Checks { @Test void never() {} }");
    write("core/src/main/java/a/MainTest.java", "class MainTest { @Test void inMain() {} }");
    write("core/target/src/test/java/a/OldTest.java", "class OldTest { @Test void old() {} }");
    write(
        "core/src/test/java/a/LoopTest.java",
        "class LoopTest extends LoopTest { @Test void t() {} }");

    assertEquals(List.of("LoopTest.t"), found());
    assertEquals(List.of("Checks.never"), idle());
  }

  @Test
  void givesThePathFromTheRoot() throws IOException {
    write("it/jetty/src/test/java/j/JettyIT.java", "class JettyIT { @Test void C01_is() {} }");

    TestMethod test = TestSources.read(root).run().first();

    assertEquals(
        new TestMethod("JettyIT", "C01_is", "it/jetty/src/test/java/j/JettyIT.java"), test);
  }

  @Test
  void refusesWhatIsNotJava() throws IOException {
    write("core/src/test/java/a/BrokenTest.java", "class BrokenTest { @Test void x( }");

    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> TestSources.read(root));

    assertTrue(thrown.getMessage().contains("BrokenTest.java"), thrown.getMessage());
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> found() throws IOException {
    return labels(TestSources.read(root).run());
  }

  private List<String> idle() throws IOException {
    return labels(TestSources.read(root).idle());
  }

  private static List<String> labels(SortedSet<TestMethod> tests) {
    return tests.stream().map(TestMethod::label).toList();
  }
}
