import java.util.List;

/** Says which classes of the agent an application can see, and by which of its loaders. */
public final class Isolation {

  private static final String OWN = "Isolation";

  private static final List<String> NAMES =
      List.of(
          "dev.countersign.ResourceServer",
          "dev.countersign.agent.runtime.Entry",
          "com.nimbusds.jose.JWSObject",
          "com.fasterxml.jackson.core.JsonFactory",
          "com.github.benmanes.caffeine.cache.Caffeine",
          "net.bytebuddy.jar.asm.ClassReader",
          "org.snakeyaml.engine.v2.api.Load");

  public static void main(String[] arguments) {
    look("system", ClassLoader.getSystemClassLoader());
    look("context", Thread.currentThread().getContextClassLoader());
    look("platform", ClassLoader.getPlatformClassLoader());
    look("boot", null);
    System.out.println(isVisible(OWN, Isolation.class.getClassLoader()) ? "sees itself" : "blind");
  }

  private static void look(String which, ClassLoader loader) {
    for (String name : NAMES) {
      if (isVisible(name, loader)) {
        System.out.println(which + " " + name);
      }
      String file = name.replace('.', '/') + ".class";
      if (loader != null && loader.getResource(file) != null) {
        System.out.println(which + " " + file);
      }
    }
  }

  private static boolean isVisible(String name, ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
