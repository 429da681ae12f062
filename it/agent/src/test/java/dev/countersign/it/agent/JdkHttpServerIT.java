package dev.countersign.it.agent;

import dev.countersign.testkit.Capability;
import dev.countersign.testkit.ServerProcessContract;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The HttpServer of the JDK that runs the test. */
class JdkHttpServerIT extends ServerProcessContract {

  private static final ServerProgram PROGRAM = new ServerProgram("jdk/JdkServer", List.of(), "");

  @Override
  protected Process start(Map<String, String> settings) throws IOException {
    return GuardedJvm.start(PROGRAM, settings);
  }

  // This server turns every tab of a field line into a space.
  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.complementOf(EnumSet.of(Capability.EXACT_FIELDS));
  }
}
