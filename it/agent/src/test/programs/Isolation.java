import java.util.List;

/** Says which classes of the agent an application can see, by any of its loaders. */
public final class Isolation {

  public static void main(String[] arguments) {
    for (String name :
        List.of(
            "dev.countersign.ResourceServer",
            "dev.countersign.agent.runtime.Entry",
            "com.nimbusds.jose.JWSObject",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.github.benmanes.caffeine.cache.Caffeine",
            "net.bytebuddy.jar.asm.ClassReader")) {
      System.out.println(name + " " + isVisible(name));
    }
    System.out.println(
        "resources "
            + (ClassLoader.getSystemResource("com/nimbusds/jose/JWSObject.class") != null));
  }

  private static boolean isVisible(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
