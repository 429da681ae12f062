package dev.countersign.agent.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@link Gate} to where every class loader finds it. Strict loaders, OSGi's for instance,
 * delegate nothing but {@code java.*} to the JDK, so that is where it goes.
 */
final class GateDefinition {

  /** The internal name of the defined class. */
  static final String NAME = "java/lang/CountersignGate";

  private static final int UTF8 = 1;
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
      return renamed(new DataInputStream(in));
    }
  }

  // JVMS section 4.4: what has the name of a class in it is a constant of UTF-8.
  private static byte[] renamed(DataInputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(in.readLong());
    int constants = in.readUnsignedShort();
    out.writeShort(constants);
    for (int i = 1; i < constants; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) {
        out.writeUTF(in.readUTF().replace(TEMPLATE, NAME));
      } else {
        out.write(in.readNBytes(length(tag)));
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  // Of a constant behind its tag; the gate has none that counts twice.
  private static int length(int tag) throws IOException {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      default -> throw new IOException("the agent's jar is damaged");
    };
  }
}
