package dev.countersign.agent.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@link Gate} to where every class loader finds it. Strict loaders, OSGi's for instance,
 * delegate nothing but {@code java.*} to the JDK, so that is where it goes.
 */
final class GateDefinition {

  /** The internal name of the defined class. */
  static final String NAME = "java/lang/CountersignGate";

  private static final String BINARY_NAME = NAME.replace('/', '.');
  private static final String TEMPLATE = Gate.class.getName().replace('.', '/');

  private GateDefinition() {}

  /** Whether an agent stands in this JVM already. */
  static boolean isDefined() {
    try {
      Class.forName(BINARY_NAME, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Defines it and opens it.
   *
   * @param behind what takes the calls
   */
  static void define(
      Instrumentation instrumentation, BiFunction<Class<?>, Object[], @Nullable Object> behind)
      throws IOException, ReflectiveOperationException {
    Module base = Object.class.getModule();
    Set<Module> ours = Set.of(GateDefinition.class.getModule());
    instrumentation.redefineModule(
        base, Set.of(), Map.of(), Map.of("java.lang", ours), Set.of(), Map.of());
    Class<?> gate =
        MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes());
    gate.getMethod("open", BiFunction.class).invoke(null, behind);
  }

  /** The class file. */
  static byte[] bytes() throws IOException {
    try (InputStream in = Gate.class.getClassLoader().getResourceAsStream(TEMPLATE + ".class")) {
      if (in == null) {
        throw new IOException("the agent's jar is damaged");
      }
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in.readAllBytes())
          .accept(
              new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, Map.of(TEMPLATE, NAME))),
              ClassReader.SKIP_DEBUG);
      return writer.toByteArray();
    }
  }
}
