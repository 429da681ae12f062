package dev.countersign.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/**
 * A type of the test sources with its own tests. Immutable.
 *
 * @param name enclosing types first, without package
 * @param path of the source file from the root of the project
 * @param entry whether a build starts with this type: a concrete class whose name surefire or
 *     failsafe looks for
 * @param nested whether it is run with the type around it
 * @param supertypes simple names of what it extends and implements
 * @param tests names of its enabled test methods
 */
record TestClass(
    String name,
    String path,
    boolean entry,
    boolean nested,
    Set<String> supertypes,
    Set<String> tests) {

  private static final Set<String> TESTS =
      Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");

  /** The type and all types inside it, without those that are disabled. */
  static List<TestClass> in(ClassTree tree, String path) {
    List<TestClass> found = new ArrayList<>();
    collect(tree, "", path, found);
    return found;
  }

  private static void collect(ClassTree tree, String outer, String path, List<TestClass> found) {
    if (has(tree.getModifiers(), "Disabled")) {
      return;
    }
    String name = outer + tree.getSimpleName();
    Set<String> tests = new TreeSet<>();
    for (Tree member : tree.getMembers()) {
      if (member instanceof MethodTree method && isTest(method.getModifiers())) {
        tests.add(method.getName().toString());
      } else if (member instanceof ClassTree inner) {
        collect(inner, name + ".", path, found);
      }
    }
    boolean nested = has(tree.getModifiers(), "Nested");
    found.add(new TestClass(name, path, isEntry(tree, outer), nested, supertypes(tree), tests));
  }

  private static boolean isTest(ModifiersTree modifiers) {
    return TESTS.stream().anyMatch(test -> has(modifiers, test)) && !has(modifiers, "Disabled");
  }

  private static boolean isEntry(ClassTree tree, String outer) {
    return outer.isEmpty()
        && tree.getKind() == Tree.Kind.CLASS
        && !tree.getModifiers().getFlags().contains(Modifier.ABSTRACT)
        && tree.getSimpleName().toString().matches(".*(Test|IT)");
  }

  private static Set<String> supertypes(ClassTree tree) {
    Set<String> names = new TreeSet<>();
    if (tree.getExtendsClause() != null) {
      names.add(simpleName(tree.getExtendsClause()));
    }
    tree.getImplementsClause().forEach(type -> names.add(simpleName(type)));
    return names;
  }

  private static boolean has(ModifiersTree modifiers, String annotation) {
    return modifiers.getAnnotations().stream()
        .map(AnnotationTree::getAnnotationType)
        .anyMatch(type -> simpleName(type).equals(annotation));
  }

  private static String simpleName(Tree type) {
    String name = type.toString().replaceFirst("<.*", "");
    return name.substring(name.lastIndexOf('.') + 1);
  }

  List<TestMethod> methods() {
    return tests.stream().map(test -> new TestMethod(name, test, path)).toList();
  }

  String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Whether the other type is directly around this one. */
  boolean isInside(TestClass other) {
    return path.equals(other.path()) && name.equals(other.name() + "." + simpleName());
  }
}
