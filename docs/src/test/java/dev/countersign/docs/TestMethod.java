package dev.countersign.docs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An enabled test. Immutable.
 *
 * @param type name of the class, enclosing classes first, without package
 * @param name name of the method
 * @param path of the source file from the root of the project, with slashes
 */
record TestMethod(String type, String name, String path) implements Comparable<TestMethod> {

  private static final Comparator<TestMethod> ORDER =
      Comparator.comparing(TestMethod::type)
          .thenComparing(TestMethod::name)
          .thenComparing(TestMethod::path);

  /**
   * The IDs that the name begins with.
   *
   * <pre>
   * name = *( id "_" ) [ id / sentence ]
   * id   = 1*3( %x41-5A ) 1*DIGIT
   * </pre>
   */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (String part : name.split("_", -1)) {
      if (!part.matches("[A-Z]{1,3}\\d+")) {
        break;
      }
      ids.add(part);
    }
    return ids;
  }

  String label() {
    return type + "." + name;
  }

  @Override
  public int compareTo(TestMethod other) {
    return ORDER.compare(this, other);
  }
}
