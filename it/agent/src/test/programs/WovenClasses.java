import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;

/** An agent that tells which classes call the gate of another agent, one a line. */
public final class WovenClasses implements ClassFileTransformer {

  public static void premain(String argument, Instrumentation instrumentation) {
    instrumentation.addTransformer(new WovenClasses(), true);
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (new String(bytes, StandardCharsets.ISO_8859_1).contains("java/lang/CountersignGate")) {
      System.err.println("woven " + name);
    }
    return null;
  }
}
